package dev.watchpost.record;

import dev.watchpost.resource.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads answers in tests. */
public final class Answers {

  public static final RecordShape BY_ID = shape("id", null, null, null);

  private Answers() {}

  static RecordShape shape(String id, String records, String learned, String value) {
    return new RecordShape(
        List.of(FieldPath.of(id)),
        FieldPath.of("updated"),
        FieldPath.of("created"),
        FieldPath.of("deleted"),
        List.of(),
        path(records),
        learned,
        path(value));
  }

  static FieldPath path(String text) {
    return text == null ? null : FieldPath.of(text);
  }

  public static RecordReader reader(String json, RecordShape shape) {
    return new RecordReader(body(json), null, shape);
  }

  static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  public static List<RecordBatch> batches(RecordReader reader) {
    List<RecordBatch> all = new ArrayList<>();
    try (reader) {
      reader.forEachRemaining(all::add);
    }
    return all;
  }

  static List<SourceRecord> records(String json, RecordShape shape) {
    return batches(reader(json, shape)).stream().flatMap(b -> b.records().stream()).toList();
  }

  static List<String> ids(String json, RecordShape shape) {
    return records(json, shape).stream().map(SourceRecord::id).toList();
  }

  static BadRecord bad(String json) {
    return batches(reader(json, BY_ID)).get(0).bad().get(0);
  }

  static long fingerprint(String record, String... ignored) {
    List<FieldPath> ignore = java.util.Arrays.stream(ignored).map(FieldPath::of).toList();
    RecordShape shape =
        new RecordShape(List.of(FieldPath.of("id")), null, null, null, ignore, null, null, null);
    return records("[{\"id\":1,\"x\":" + record + "}]", shape).get(0).fingerprint();
  }
}
