package dev.watchpost.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Another charset as UTF-8, on the fly; text that is not in that charset is an error. */
final class TranscodedInputStream extends InputStream {

  private final Reader reader;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(4_096).limit(0);
  private final ByteBuffer bytes = ByteBuffer.allocate(3 * 4_096).limit(0);
  private boolean ended;

  TranscodedInputStream(InputStream in, Charset charset) {
    reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public int read() throws IOException {
    return available(1) ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!available(length)) {
      return length == 0 ? 0 : -1;
    }
    int read = Math.min(length, bytes.remaining());
    bytes.get(buffer, offset, read);
    return read;
  }

  private boolean available(int wanted) throws IOException {
    while (wanted > 0 && !bytes.hasRemaining() && !ended) {
      refill();
    }
    return wanted > 0 && bytes.hasRemaining();
  }

  private void refill() throws IOException {
    chars.compact();
    ended = reader.read(chars) < 0;
    chars.flip();
    bytes.clear();
    var result = encoder.encode(chars, bytes, ended);
    if (result.isError()) {
      result.throwException();
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
