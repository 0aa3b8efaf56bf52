package dev.watchpost.record;

/** The bytes one poll may read, over all its pages. Not thread-safe. */
public final class ByteBudget {

  private final long limit;
  private long used;

  /**
   * @param limit in bytes
   */
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  void spend(long bytes) {
    used += bytes;
    if (used > limit) {
      throw new UnusableAnswer(
          "the answers of this poll are larger than %,d bytes: raise maxBytes or ask for less"
              .formatted(limit));
    }
  }

  /** Bytes read so far. */
  public long used() {
    return used;
  }
}
