package dev.watchpost.record;

import dev.watchpost.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** A record that was not polled, read as a poll of its resource would read it. */
public final class ToldRecord {
  private ToldRecord() {}

  /**
   * @param json UTF-8 JSON text of one object
   * @param id whatever the record itself says
   * @throws UnusableAnswer where it is no such text, or too large
   */
  public static SourceRecord read(Resource resource, String id, byte[] json) {
    ByteArrayOutputStream list = new ByteArrayOutputStream(json.length + 2);
    list.write('[');
    list.writeBytes(json);
    list.write(']');
    RecordShape shape = RecordShape.of(resource, ListingKind.RECORDS).ofOne();
    try (RecordReader reader =
        new RecordReader(new ByteArrayInputStream(list.toByteArray()), null, shape)) {
      RecordBatch batch = reader.next();
      if (batch.records().size() != 1) {
        throw new UnusableAnswer("the record is no JSON object");
      }
      SourceRecord record = batch.records().get(0);
      return new SourceRecord(
          id,
          record.json(),
          record.fingerprint(),
          record.updated(),
          record.created(),
          record.deleted());
    }
  }
}
