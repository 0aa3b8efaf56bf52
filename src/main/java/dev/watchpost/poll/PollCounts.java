package dev.watchpost.poll;

/** What a poll has met so far. */
public final class PollCounts {
  private int pages;
  private long records;
  private long created;
  private long updated;
  private long deleted;
  private long quarantined;

  void page() {
    pages++;
  }

  void read(int more) {
    records += more;
  }

  /** The same and what a page will have entered once it is committed. */
  public PollCounts and(long moreCreated, long moreUpdated, long moreDeleted, int moreQuarantined) {
    PollCounts sum = new PollCounts();
    sum.pages = pages;
    sum.records = records;
    sum.entered(created + moreCreated, updated + moreUpdated, deleted + moreDeleted);
    sum.quarantined = quarantined + moreQuarantined;
    return sum;
  }

  /** Adds events of a dry poll. */
  void entered(long moreCreated, long moreUpdated, long moreDeleted) {
    created += moreCreated;
    updated += moreUpdated;
    deleted += moreDeleted;
  }

  void quarantined(int more) {
    quarantined += more;
  }

  public int pages() {
    return pages;
  }

  public long records() {
    return records;
  }

  public long created() {
    return created;
  }

  public long updated() {
    return updated;
  }

  public long deleted() {
    return deleted;
  }

  public long quarantined() {
    return quarantined;
  }
}
