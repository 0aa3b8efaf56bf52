package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import dev.watchpost.resource.AnswerFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/**
 * An answer opened for reading, the place of its records known: as configured, as learned, or found
 * by looking, for which a root object is put aside and read twice.
 */
final class OpenAnswer implements AutoCloseable {

  private final InputStream body;
  private final RecordShape shape;
  private final int recordBytes;
  private Spool spool;
  private KeptBytes bytes;
  private JsonParser parser;
  private Envelope envelope;
  private String learned;
  private boolean rootRecord;

  OpenAnswer(InputStream body, RecordShape shape, int recordBytes) {
    this.body = body;
    this.shape = shape;
    this.recordBytes = recordBytes;
    bytes = new KeptBytes(body, recordBytes);
  }

  /**
   * @throws UnusableAnswer where it is no JSON, or its records cannot be told
   */
  void open(String contentType) throws IOException {
    AnswerText text = text(contentType);
    if (shape.records() == null && text.first() == '{' && !fieldLearned()) {
      find(text.utf8());
    } else {
      read(text.utf8());
      place(text.first());
    }
  }

  private AnswerText text(String contentType) throws IOException {
    if (shape.format().type() != AnswerFormat.Type.JSON) {
      List<String> path = shape.records() == null ? List.of() : shape.records().segments();
      return AnswerText.open(
          ConvertedAnswer.of(shape.format(), body, contentType, path, recordBytes), null);
    }
    AnswerText text = AnswerText.open(body, contentType);
    boolean csv = contentType != null && contentType.toLowerCase(Locale.ROOT).contains("/csv");
    if (csv && text.first() != '[' && text.first() != '{') {
      throw new UnusableAnswer("the answer is CSV, not JSON; set format to csv");
    }
    return text;
  }

  private boolean fieldLearned() {
    return shape.learned() != null && !shape.learned().isEmpty();
  }

  private void read(InputStream utf8) throws IOException {
    bytes = new KeptBytes(utf8, recordBytes);
    parser = AnswerJson.parser(bytes);
  }

  private void place(char first) {
    if (shape.records() != null) {
      envelope = Envelope.ofPath(parser, shape.records(), shape);
    } else if (first == '{') {
      learned = shape.learned();
      envelope = Envelope.ofField(parser, learned, shape);
    } else {
      learned = first == '[' ? "" : null;
      envelope = Envelope.ofRoot(parser);
    }
  }

  private void find(InputStream utf8) throws IOException {
    spool = Spool.of(utf8);
    read(spool.open());
    RecordsFinder finder = RecordsFinder.look(parser);
    parser.close();
    read(spool.open());
    learned = finder.field();
    rootRecord = !finder.anyArray();
    if (rootRecord) {
      envelope = Envelope.ofRoot(parser);
    } else if (learned == null) {
      envelope = Envelope.ofPath(parser, null, shape);
    } else {
      envelope = Envelope.ofField(parser, learned, shape);
    }
  }

  KeptBytes bytes() {
    return bytes;
  }

  JsonParser parser() {
    return parser;
  }

  Envelope envelope() {
    return envelope;
  }

  /** Null where recordsPath is set or nothing was found; empty for a root array. */
  String learned() {
    return learned;
  }

  /** The root object has no array: it is a record if it has the id, else the answer has none. */
  boolean rootRecord() {
    return rootRecord;
  }

  @Override
  public void close() {
    closeQuietly(parser);
    closeQuietly(spool);
    closeQuietly(body);
  }

  /** What was read has been read, or has failed with its own error. */
  private static void closeQuietly(Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException e) {
      // nothing is lost
    }
  }
}
