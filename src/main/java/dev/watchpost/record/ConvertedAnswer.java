package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.watchpost.resource.AnswerFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * An answer in another format as the JSON it stands for, made while it is read: records are found,
 * compared and handed on in one way only. Holds one record at a time.
 */
abstract class ConvertedAnswer extends InputStream {
  private static final int PIECE = 1 << 13;

  private final ByteArrayOutputStream piece = new ByteArrayOutputStream(2 * PIECE);
  private final JsonGenerator json;
  private byte[] ready = {};
  private int at;
  private boolean ended;

  ConvertedAnswer() throws IOException {
    json = AnswerJson.MAPPER.getFactory().createGenerator(piece);
  }

  /**
   * @param path names of the elements that lead to a record, of XML
   * @param recordBytes a longer record is a bad one
   */
  static InputStream of(
      AnswerFormat format, InputStream body, String contentType, List<String> path, int recordBytes)
      throws IOException {
    return switch (format.type()) {
      case JSON -> body;
      case XML ->
          new XmlAnswer(body, AnswerCharset.said(contentType, format.charset()), path, recordBytes);
      case CSV -> new CsvAnswer(AnswerCharset.utf8(body, contentType, format.charset()), format);
      case NDJSON ->
          new NdjsonAnswer(AnswerCharset.utf8(body, contentType, format.charset()), recordBytes);
    };
  }

  /**
   * Writes the next part of the document.
   *
   * @return false: it was the last
   * @throws UnusableAnswer where the answer is not of its format
   */
  abstract boolean next(JsonGenerator to) throws IOException;

  private boolean fill() throws IOException {
    piece.reset();
    while (!ended && piece.size() < PIECE) {
      ended = !next(json);
      json.flush();
    }
    ready = piece.toByteArray();
    at = 0;
    return ready.length > 0;
  }

  @Override
  public int read() throws IOException {
    return at < ready.length || fill() ? ready[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == ready.length && !fill()) {
      return -1;
    }
    int read = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, buffer, offset, read);
    at += read;
    return read;
  }
}
