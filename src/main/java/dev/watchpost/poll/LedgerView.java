package dev.watchpost.poll;

import dev.watchpost.record.BadRecord;
import dev.watchpost.record.KnownRecords;
import dev.watchpost.record.RecordBatch;
import dev.watchpost.record.SourceRecord;
import java.util.Collection;
import java.util.Objects;

/**
 * What a poll goes by of its resource's ledger: the versions it is judged at, and the records known
 * in memory at them.
 */
public final class LedgerView {
  private KnownRecords known;
  private long version;
  private long toldVersion;

  LedgerView(ResourceState state) {
    this.version = state.ledgerVersion();
    this.toldVersion = state.toldVersion();
  }

  /** What may be passed over where it comes as it is known; null: every record is to be judged. */
  KnownRecords known() {
    return known;
  }

  void known(KnownRecords records) {
    known = records;
  }

  /** Before a page is judged: what it shows is known no longer, until it is entered. */
  public void forget(RecordBatch batch) {
    if (known != null) {
      batch.records().forEach(record -> known.forget(record.id()));
      batch.bad().stream().map(BadRecord::id).filter(Objects::nonNull).forEach(known::forget);
    }
  }

  /** They are no longer as they were shown. */
  public void forget(Collection<String> ids) {
    if (known != null) {
      ids.forEach(known::forget);
    }
  }

  /** The ledger's version when the poll began, or after its own last commit. */
  public long version() {
    return version;
  }

  /**
   * After a commit.
   *
   * @param held records that the ledger holds as they were shown
   */
  public void committed(long versionNow, Collection<SourceRecord> held) {
    version = versionNow;
    if (known != null) {
      known.version(versionNow);
      held.forEach(known::learn);
    }
  }

  /** At which the poll is judged: raised by every transaction in which a webhook writes. */
  public long toldVersion() {
    return toldVersion;
  }

  /** A webhook has written: what is left is judged by what it wrote. */
  public void told(long versionNow) {
    toldVersion = versionNow;
  }
}
