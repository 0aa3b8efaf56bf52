package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.resource.FieldPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The records of one answer, in batches, in flat memory. Looks ahead: the last batch comes only
 * after the document was seen to its proper end, so what is cut off never looks complete. An answer
 * without records is one empty batch.
 *
 * <p>Where the records stand: at recordsPath (absent or null: no records; an object: that one
 * record; a filled root array instead: an error); without one the root array, else the only
 * non-empty array of objects among the root object's direct fields. The latter is learned; until it
 * is, the answer is put aside to find out. A root object without any array, but with the id itself,
 * is one record.
 *
 * <p>Constructor and {@code next} throw {@link UnusableAnswer}. Not thread-safe.
 */
public final class RecordReader implements Iterator<RecordBatch>, AutoCloseable {

  private final OpenAnswer answer;
  private final RecordShape shape;
  private final RecordLimits limits;
  private RecordBuilder builder;
  private boolean inArray;
  private JsonToken ahead;
  private boolean done;
  private long recordsRead;
  private String value;
  private String flag;
  private String lastId;

  /** With the default limits. */
  public RecordReader(InputStream body, String contentType, RecordShape shape) {
    this(body, contentType, shape, RecordLimits.DEFAULT);
  }

  /** With the default limits; records that are {@code known} just as they are, are only counted. */
  public RecordReader(InputStream body, String contentType, RecordShape shape, KnownRecords known) {
    this(body, contentType, shape, RecordLimits.DEFAULT, known);
  }

  /**
   * @param body of the answer; closed with the reader, and where this throws
   * @param contentType its charset is honoured; null: none was sent
   * @throws UnusableAnswer where the answer is no JSON, or its records cannot be told
   */
  public RecordReader(
      InputStream body, String contentType, RecordShape shape, RecordLimits limits) {
    this(body, contentType, shape, limits, null);
  }

  public RecordReader(
      InputStream body,
      String contentType,
      RecordShape shape,
      RecordLimits limits,
      KnownRecords known) {
    this.shape = shape;
    this.limits = limits;
    answer = new OpenAnswer(body, shape, limits.recordBytes());
    try {
      answer.open(contentType);
      builder = new RecordBuilder(answer.parser(), answer.bytes(), shape, known);
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean hasNext() {
    return !done;
  }

  @Override
  public RecordBatch next() {
    if (done) {
      throw new NoSuchElementException();
    }
    try {
      return batch();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private RecordBatch batch() throws IOException {
    BatchBuilder batch = new BatchBuilder();
    lookAhead(batch);
    while (!done && !batch.full(limits)) {
      take(batch);
      ahead = null;
      lookAhead(batch);
    }
    if (batch.passedLast()) {
      lastId = builder.passedId();
    } else if (batch.lastId() != null) {
      lastId = batch.lastId();
    }
    return batch.build(done);
  }

  private void take(BatchBuilder batch) throws IOException {
    recordsRead++;
    if (ahead != JsonToken.START_OBJECT) {
      batch.add(builder.notAnObject());
    } else if (answer.rootRecord()) {
      root(batch);
    } else {
      builder.object(batch);
    }
  }

  /** The root object where it is a record; else the answer has none. */
  private void root(BatchBuilder batch) throws IOException {
    SourceRecord record = builder.root();
    if (record == null) {
      recordsRead--;
      return;
    }
    batch.add(record);
    if (shape.value() != null || shape.flag() != null) {
      JsonNode root = AnswerJson.MAPPER.readTree(record.json());
      value = scalar(shape.value(), root);
      flag = scalar(shape.flag(), root);
    }
  }

  private static String scalar(FieldPath path, JsonNode root) {
    JsonNode node = path == null ? root : path.in(root);
    return node.isValueNode() && !node.isNull() && !node.asText().isEmpty() ? node.asText() : null;
  }

  /** To the next element, so that the last one is known as such. */
  private void lookAhead(BatchBuilder batch) throws IOException {
    while (ahead == null && !done) {
      if (inArray) {
        recordsRead += builder.pass(batch, limits);
        element();
      } else {
        walk();
      }
    }
  }

  private void element() throws IOException {
    JsonToken token = answer.parser().nextToken();
    inArray = token != JsonToken.END_ARRAY;
    if (inArray) {
      ahead = token;
      markStart();
    }
  }

  private void walk() throws IOException {
    switch (answer.envelope().next()) {
      case ARRAY -> inArray = true;
      case OBJECT -> {
        ahead = JsonToken.START_OBJECT;
        markStart();
      }
      default -> {
        done = true;
        value = value == null ? answer.envelope().value() : value;
        flag = flag == null ? answer.envelope().flag() : flag;
      }
    }
  }

  private void markStart() {
    if (ahead.isStructStart()) {
      builder.start();
    }
  }

  /**
   * Where the records stood, to be kept and given to the next reader; empty for a root array; null
   * where none were found or recordsPath is set.
   */
  public String learnedPath() {
    return answer.learned();
  }

  /** After the last batch: the paging value; empty where absent, null, blank or no scalar. */
  public Optional<String> value() {
    return Optional.ofNullable(value);
  }

  /** After the last batch: what the answer says of more pages; empty where it says nothing. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** Of the last record read so far that has one. */
  public Optional<String> lastId() {
    return Optional.ofNullable(lastId);
  }

  /** Elements read so far, bad ones too. */
  public long recordsRead() {
    return recordsRead;
  }

  private RuntimeException failed(Exception error) {
    close();
    return error instanceof IOException io
        ? AnswerJson.unusable(io, answer.bytes())
        : (RuntimeException) error;
  }

  /** Closes the body and deletes what was put aside. */
  @Override
  public void close() {
    done = true;
    answer.close();
  }
}
