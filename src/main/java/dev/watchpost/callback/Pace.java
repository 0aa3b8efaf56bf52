package dev.watchpost.callback;

import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.OutboxEvent;
import java.time.Duration;

/**
 * How an endpoint took its last notification.
 *
 * @param bytes of the records it carried
 * @param took until the answer
 */
record Pace(long bytes, Duration took) {
  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final int MOST = 512;
  private static final long MOST_BYTES = 1L << 20;

  static Pace of(Claimed claimed, Duration took) {
    return new Pace(bytes(claimed), took);
  }

  static long bytes(Claimed claimed) {
    long bytes = 0;
    for (OutboxEvent event : claimed.events()) {
      bytes += event.raw().length();
    }
    return bytes;
  }

  /** Within two seconds. */
  boolean prompt() {
    return took.compareTo(PROMPT) < 0;
  }

  /**
   * How many such notifications may wait for their turn: about as many as {@code senders} send in a
   * second, at most 512 and 1 MiB.
   */
  int ahead(int senders) {
    long inASecond = senders * 1000L / Math.max(1, took.toMillis());
    long fitting = MOST_BYTES / Math.max(1, bytes);
    return (int) Math.min(MOST, Math.min(inASecond, fitting));
  }
}
