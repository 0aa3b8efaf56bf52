package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2018-08-20T15:30:00Z");

  @Test
  void seconds_and_dates_are_understood() {
    assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Mon, 20 Aug 2018 15:31:00 GMT", NOW))
        .contains(Duration.ofMinutes(1));
  }

  @Test
  void wait_is_never_longer_than_a_day_nor_negative() {
    assertThat(RetryAfter.parse("99999999999999", NOW)).contains(Duration.ofHours(24));
    assertThat(RetryAfter.parse("Mon, 27 Aug 2018 15:31:00 GMT", NOW))
        .contains(Duration.ofHours(24));
    assertThat(RetryAfter.parse("Mon, 20 Aug 2018 15:29:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void what_is_neither_is_no_wait() {
    assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    assertThat(RetryAfter.parse("soon", NOW)).isEmpty();
    assertThat(RetryAfter.parse("-1", NOW)).isEmpty();
  }
}
