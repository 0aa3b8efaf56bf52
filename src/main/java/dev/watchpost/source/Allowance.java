package dev.watchpost.source;

import java.time.Duration;
import java.time.Instant;

/** What a source has said how often one account may ask. Thread-safe. */
final class Allowance {
  /** Sources round the end of their windows, and answers take their time. */
  private static final Duration SAME = Duration.ofSeconds(2);

  private Instant heldUntil = Instant.EPOCH;
  private Instant resetsAt = Instant.EPOCH;
  private long left;

  /** From when on it may ask; {@code now}: at once. */
  synchronized Instant free(Instant now) {
    Instant resets = left <= 0 ? resetsAt : now;
    Instant later = heldUntil.isAfter(resets) ? heldUntil : resets;
    return later.isAfter(now) ? later : now;
  }

  synchronized void asked() {
    left--;
  }

  /** No request until then. */
  synchronized void hold(Instant until) {
    heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
  }

  /** An answer may be older than requests that are under way: they count. */
  synchronized void told(RateLimit limit) {
    boolean sameWindow = !limit.resetsAt().isAfter(resetsAt.plus(SAME));
    left = sameWindow ? Math.min(left, limit.left()) : limit.left();
    resetsAt = limit.resetsAt();
  }
}
