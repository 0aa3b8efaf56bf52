package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "X-RateLimit-Remaining, 0, X-RateLimit-Reset, 30, 0, 30",
    "X-RateLimit-Remaining, 0, X-RateLimit-Reset, 1772359230, 0, 30",
    "X-RateLimit-Remaining, 0, X-RateLimit-Reset, 1772359230500, 0, 30",
    "x-ratelimit-remaining, 58, x-ratelimit-reset, 1772359260, 58, 60",
    "RateLimit-Remaining, 7, RateLimit-Reset, 12, 7, 12",
    "RateLimit-Remaining, 7, RateLimit-Reset, 12.5, 7, 12",
    "RateLimit-Remaining, '7;w=60', RateLimit-Reset, 12, 7, 12",
    "X-Rate-Limit-Remaining, 3, X-Rate-Limit-Reset, 9, 3, 9",
    "X-RateLimit-Remaining, 0, X-RateLimit-Reset, 999999, 0, 86400",
  })
  void pair_of_headers_says_what_is_left_until_when(
      String remaining, String left, String reset, String at, long expected, long seconds) {
    assertThat(RateLimit.of(Headers.of(Map.of(remaining, left, reset, at)), NOW))
        .hasValueSatisfying(
            limit -> {
              assertThat(limit.left()).isEqualTo(expected);
              assertThat(Duration.between(NOW, limit.resetsAt()).toSeconds()).isEqualTo(seconds);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"default\";r=50;t=30 | 50 | 30",
        "\"default\";q=100;w=60;r=0;t=5 | 0 | 5",
        "\"burst\";r=9;t=1, \"daily\";r=2;t=3600 | 2 | 3600",
        "\"burst\";r=0;t=1, \"daily\";r=0;t=3600 | 0 | 3600",
        "limit=100, remaining=40, reset=20 | 40 | 20",
        "default;r = 4;t = 8 | 4 | 8",
      })
  void structured_header_says_it_in_either_draft(String header, long left, long seconds) {
    assertThat(RateLimit.of(Headers.of(Map.of("RateLimit", header)), NOW))
        .contains(new RateLimit(left, NOW.plusSeconds(seconds)));
  }

  @Test
  void tightest_of_several_counts() {
    Headers headers =
        Headers.of(
            Map.of(
                "X-RateLimit-Remaining", "40",
                "X-RateLimit-Reset", "60",
                "RateLimit", List.of("\"a\";r=9;t=9", "\"b\";r=3;t=1")));
    assertThat(RateLimit.of(headers, NOW)).contains(new RateLimit(3, NOW.plusSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "'', 30", "many, 30", "0, soon", "0, 0", "0, 1772355600", "-1, 30"})
  void half_unreadable_or_past_says_nothing(String left, String reset) {
    Headers headers = Headers.of(Map.of("X-RateLimit-Remaining", left, "X-RateLimit-Reset", reset));
    assertThat(RateLimit.of(headers, NOW)).isEmpty();
  }
}
