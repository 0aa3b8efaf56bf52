package dev.watchpost.record;

import java.util.List;

/**
 * Some records of one answer, in its order.
 *
 * @param bad those that cannot be entered
 * @param unchanged hashes of the ids of those that are {@link KnownRecords known} just as they are
 * @param last nothing follows in this answer, which has been read to its proper end
 */
public record RecordBatch(
    List<SourceRecord> records, List<BadRecord> bad, long[] unchanged, boolean last) {

  /** An answer without records. */
  public static RecordBatch empty() {
    return new RecordBatch(List.of(), List.of(), new long[0], true);
  }

  /** True where nothing is to be judged. */
  public boolean asKnown() {
    return records.isEmpty() && bad.isEmpty();
  }

  public int size() {
    return records.size() + bad.size() + unchanged.length;
  }
}
