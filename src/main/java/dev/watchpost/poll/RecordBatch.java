package dev.watchpost.poll;

import java.util.List;

/**
 * Some records of one answer, in its order.
 *
 * @param bad those that cannot be entered
 * @param last nothing follows in this answer, which has been read to its proper end
 */
public record RecordBatch(List<SourceRecord> records, List<BadRecord> bad, boolean last) {

  int size() {
    return records.size() + bad.size();
  }
}
