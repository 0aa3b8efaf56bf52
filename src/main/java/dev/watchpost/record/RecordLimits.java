package dev.watchpost.record;

/**
 * How much is held at a time.
 *
 * @param batchRecords most records of a batch
 * @param batchBytes a batch ends with the record that reaches it
 * @param recordBytes longer records are bad records
 */
public record RecordLimits(int batchRecords, int batchBytes, int recordBytes) {

  /** 500 records, 4 MiB, 16 MiB. */
  public static final RecordLimits DEFAULT = new RecordLimits(500, 4 << 20, 16 << 20);
}
