package dev.watchpost.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Retry-After header: seconds, or an HTTP date relative to now. Nonsense counts as absent. */
public final class RetryAfter {

  /** Longer waits are cut to this. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  /** How long to wait, 0 to 24 h. */
  public static Optional<Duration> of(Headers headers, Instant now) {
    return headers.first("Retry-After").flatMap(text -> wait(text, now)).map(RetryAfter::bounded);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (text.matches("[0-9]{1,18}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return SourceClock.parse(text, now).map(date -> Duration.between(now, date));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
