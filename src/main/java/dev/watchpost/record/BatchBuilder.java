package dev.watchpost.record;

import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongHashSet;
import java.util.ArrayList;
import java.util.List;

/** A batch as it fills. */
final class BatchBuilder {
  private final List<SourceRecord> records = new ArrayList<>();
  private final List<BadRecord> bad = new ArrayList<>();
  private final LongArrayList unchanged = new LongArrayList();
  private final LongHashSet shown = new LongHashSet();
  private String lastId;
  private boolean passedLast;
  private long held;

  void add(SourceRecord record) {
    records.add(record);
    lastId = record.id();
    passedLast = false;
    shown.add(KnownRecords.idHash(record.id()));
    held += record.json().length;
  }

  void add(BadRecord record) {
    bad.add(record);
  }

  /** A record of this id, to be judged, stands before: what is known of it may be past. */
  boolean shows(long idHash) {
    return shown.contains(idHash);
  }

  /** A record that is known just as it is. */
  void unchanged(String id, long idHash) {
    lastId = id;
    passedLast = false;
    unchanged.add(idHash);
  }

  /** Likewise, one that was passed over. */
  void unchanged(long idHash) {
    passedLast = true;
    unchanged.add(idHash);
  }

  /** The last record that has an id was passed over. */
  boolean passedLast() {
    return passedLast;
  }

  /** Of the last record that has one; null: none has, or it was passed over. */
  String lastId() {
    return lastId;
  }

  boolean full(RecordLimits limits) {
    int size = records.size() + bad.size() + unchanged.size();
    return size >= limits.batchRecords() || held >= limits.batchBytes();
  }

  RecordBatch build(boolean last) {
    return new RecordBatch(List.copyOf(records), List.copyOf(bad), unchanged.toArray(), last);
  }
}
