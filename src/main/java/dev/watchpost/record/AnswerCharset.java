package dev.watchpost.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the charset of an answer: byte order mark, else the Content-Type's charset, else the zeros
 * of UTF-16 and UTF-32 (RFC 4627 section 3), else UTF-8. A charset nobody knows counts as not said.
 */
final class AnswerCharset {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  private AnswerCharset() {}

  /** The body in UTF-8, the byte order mark taken off; unchanged where it is UTF-8. */
  static InputStream utf8(InputStream body, String contentType) throws IOException {
    PushbackInputStream in = new PushbackInputStream(body, 4);
    byte[] start = in.readNBytes(4);
    Charset marked = marked(start);
    int mark = marked == null ? 0 : markLength(marked);
    in.unread(start, mark, start.length - mark);
    Charset charset = marked == null ? declaredOrGuessed(contentType, start) : marked;
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
        ? in
        : new TranscodedInputStream(in, charset);
  }

  /** As {@link #utf8(InputStream, String)}, with a charset for answers that name none. */
  static InputStream utf8(InputStream body, String contentType, Charset otherwise)
      throws IOException {
    Charset said = said(contentType, otherwise);
    return utf8(body, said == null ? contentType : "text/plain; charset=" + said.name());
  }

  /** That of the Content-Type, else {@code otherwise}. */
  static Charset said(String contentType, Charset otherwise) {
    Matcher declared = CHARSET.matcher(contentType == null ? "" : contentType);
    boolean known = declared.find() && isKnown(declared.group(1));
    return known ? Charset.forName(declared.group(1)) : otherwise;
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Charset marked(byte[] b) {
    int first = b.length < 2 ? 0 : (b[0] & 0xff) << 8 | b[1] & 0xff;
    int second = b.length < 4 ? -1 : (b[2] & 0xff) << 8 | b[3] & 0xff;
    if (first == 0xefbb && b.length > 2 && (b[2] & 0xff) == 0xbf) {
      return StandardCharsets.UTF_8;
    }
    if (first == 0xfffe) {
      return second == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    }
    if (first == 0xfeff) {
      return StandardCharsets.UTF_16BE;
    }
    return first == 0 && second == 0xfeff ? Charset.forName("UTF-32BE") : null;
  }

  private static int markLength(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return 3;
    }
    return charset.name().startsWith("UTF-32") ? 4 : 2;
  }

  private static Charset declaredOrGuessed(String contentType, byte[] start) {
    Matcher declared = CHARSET.matcher(contentType == null ? "" : contentType);
    if (declared.find()) {
      try {
        return Charset.forName(declared.group(1));
      } catch (IllegalArgumentException unknown) {
        return guessed(start);
      }
    }
    return guessed(start);
  }

  private static Charset guessed(byte[] b) {
    if (b.length < 4) {
      return StandardCharsets.UTF_8;
    }
    if (b[0] == 0) {
      return b[1] == 0 ? Charset.forName("UTF-32BE") : StandardCharsets.UTF_16BE;
    }
    if (b[1] == 0) {
      return b[2] == 0 && b[3] == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }
}
