package dev.watchpost.source;

import java.time.Duration;
import java.time.Instant;

/** The source's clock, compared with ours once a poll, by the {@code Date} of its first answer. */
public final class SourceClock {
  private static final Duration AGREE = Duration.ofSeconds(2);

  private Duration skew;

  /**
   * @param date of an answer
   * @param arrived the answer's arrival on our clock
   */
  public void compare(Instant date, Instant arrived) {
    if (skew == null) {
      Duration difference = Duration.between(arrived, date);
      skew = difference.abs().compareTo(AGREE) < 0 ? Duration.ZERO : difference;
    }
  }

  /** What it shows at a time of ours; the same where it was not compared. */
  public Instant at(Instant ours) {
    return skew == null ? ours : ours.plus(skew);
  }

  public boolean isBehind() {
    return skew != null && skew.isNegative();
  }
}
