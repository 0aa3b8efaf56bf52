package dev.watchpost.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Retry-After header (RFC 9110, section 10.2.3) in both forms. */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  /**
   * How long to wait, at most 24 h; empty where the header is missing or unreadable. A date in the
   * past is no wait at all.
   */
  public static Optional<Duration> parse(String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String text = header.strip();
    return text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? seconds(text)
        : HttpDate.parse(text, now).map(until -> bounded(Duration.between(now, until)));
  }

  private static Optional<Duration> seconds(String digits) {
    return Optional.of(
        digits.length() > 9 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(digits))));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
