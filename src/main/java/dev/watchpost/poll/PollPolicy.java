package dev.watchpost.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a resource is polled next.
 *
 * @param minimumInterval no resource is polled more often
 * @param timeout without a byte of the answer
 * @param backoffInitial wait after the first failure in a row, doubled after each further one
 * @param backoffMax at most
 * @param failureLimit failures in a row after which the resource is paused
 * @param outboxLimit undelivered events of one instance at which its polls pause
 * @param requestsPerMinute to one host, of all instances together; 0: no limit
 */
public record PollPolicy(
    Duration minimumInterval,
    Duration timeout,
    Duration backoffInitial,
    Duration backoffMax,
    int failureLimit,
    long outboxLimit,
    int requestsPerMinute) {
  private static final double SPREAD = 0.2;
  private static final int MOST_DOUBLINGS = 30;

  public static PollPolicy defaults() {
    return new PollPolicy(
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofMinutes(30),
        100,
        1_000_000,
        0);
  }

  /**
   * Wait after the {@code failures}th failure in a row: the interval or the backoff, whichever is
   * longer, +-20 %.
   */
  Duration backoff(Duration interval, int failures, RandomGenerator random) {
    long factor = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
    double doubled = (double) backoffInitial.toMillis() * factor;
    double wait = Math.max(interval.toMillis(), Math.min(doubled, backoffMax.toMillis()));
    return Duration.ofMillis((long) (wait * (1 + SPREAD * (2 * random.nextDouble() - 1))));
  }

  /** Until it is looked again whether events were delivered: the interval, or sooner. */
  Duration waiting(Duration interval) {
    Duration soon = interval.compareTo(backoffInitial) < 0 ? interval : backoffInitial;
    return soon.compareTo(minimumInterval) < 0 ? minimumInterval : soon;
  }

  /**
   * Start of the poll after a successful one: an interval after its start. The second poll of all
   * comes at a random time in the second half of the interval, so that resources enabled together
   * do not stay together.
   */
  Instant next(Instant started, Duration interval, long pollsBefore, RandomGenerator random) {
    double part = pollsBefore == 0 ? 0.5 + 0.5 * random.nextDouble() : 1;
    Duration wait = Duration.ofMillis((long) (interval.toMillis() * part));
    return started.plus(wait.compareTo(minimumInterval) < 0 ? minimumInterval : wait);
  }
}
