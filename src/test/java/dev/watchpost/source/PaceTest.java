package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final String HOST = "https://api.example.com/";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Pace.Account ACCOUNT = Pace.Account.of(HOST, Set.of("secret"));

  private final SettableClock clock = new SettableClock(START);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 60, 600, 7_000})
  void no_minute_holds_more_requests_than_allowed(int perMinute) {
    Pace pace = new Pace(perMinute, clock);
    List<Instant> sent = new ArrayList<>();
    for (int request = 0; request < 3 * perMinute; request++) {
      sent.add(pace.take(HOST, OptionalInt.empty()));
    }
    clock.advance(Duration.ofMinutes(30));
    for (int request = 0; request < 2 * perMinute; request++) {
      sent.add(pace.take(HOST, OptionalInt.empty()));
    }
    for (int first = 0; first + perMinute < sent.size(); first++) {
      assertThat(Duration.between(sent.get(first), sent.get(first + perMinute)))
          .as("from request %d to the one a minute's worth later", first)
          .isGreaterThan(Duration.ofMinutes(1).minusMillis(1));
    }
    Duration all = Duration.between(START, sent.get(3 * perMinute - 1));
    assertThat(all).as("and hardly slower").isLessThanOrEqualTo(Duration.ofSeconds(200));
  }

  @Test
  void budget_of_a_host_is_shared_by_all_that_ask_it_and_no_other_host() {
    Pace pace = new Pace(6, clock);
    assertThat(pace.take(HOST, OptionalInt.empty())).isEqualTo(START);
    assertThat(pace.take(HOST, OptionalInt.empty())).isEqualTo(START.plusSeconds(10));
    assertThat(pace.take("https://other.example.com/", OptionalInt.empty())).isEqualTo(START);
  }

  @Test
  void number_of_an_instance_is_kept_beside_the_operators() {
    Pace pace = new Pace(60, clock);
    assertThat(pace.take(HOST, OptionalInt.of(6))).isEqualTo(START);
    assertThat(pace.take(HOST, OptionalInt.of(6))).isEqualTo(START.plusSeconds(10));
    for (int request = 0; request < 4; request++) {
      assertThat(pace.take(HOST, OptionalInt.of(600))).isEqualTo(START);
    }
    assertThat(pace.take(HOST, OptionalInt.of(600)))
        .as("the operator's counts them all")
        .isAfter(START);
  }

  @Test
  void without_a_number_nothing_waits() {
    Pace pace = new Pace(0, clock);
    for (int request = 0; request < 1_000; request++) {
      assertThat(pace.take(HOST, OptionalInt.empty())).isEqualTo(START);
    }
  }

  @Test
  void source_that_says_that_nothing_is_left_is_left_alone_until_its_window_ends() {
    Pace pace = new Pace(0, clock);
    says(pace, 0, 30);
    assertThat(pace.free(ACCOUNT)).isEqualTo(START.plusSeconds(30));
    assertThat(pace.free(Pace.Account.of(HOST, Set.of("another")))).isEqualTo(START);
    clock.advance(Duration.ofSeconds(30));
    assertThat(pace.free(ACCOUNT)).isEqualTo(clock.instant());
  }

  @Test
  void requests_under_way_count_though_the_answer_does_not_know_of_them() {
    Pace pace = new Pace(0, clock);
    says(pace, 3, 30);
    pace.asked(ACCOUNT);
    pace.asked(ACCOUNT);
    says(pace, 2, 30);
    assertThat(pace.free(ACCOUNT)).isEqualTo(START);
    pace.asked(ACCOUNT);
    assertThat(pace.free(ACCOUNT)).isEqualTo(START.plusSeconds(30));
    clock.advance(Duration.ofSeconds(31));
    says(pace, 3, 30);
    assertThat(pace.free(ACCOUNT)).as("a new window").isEqualTo(clock.instant());
  }

  @Test
  void no_answer_lifts_what_retry_after_asked_for() {
    Pace pace = new Pace(0, clock);
    Answer throttled = new Answer.Throttled(503, Optional.of(Duration.ofMinutes(2)));
    pace.answered(ACCOUNT, throttled, Headers.of(Map.of()));
    says(pace, 100, 10);
    assertThat(pace.free(ACCOUNT)).isEqualTo(START.plusSeconds(120));
  }

  private static void says(Pace pace, int left, int seconds) {
    Headers headers =
        Headers.of(
            Map.of(
                "RateLimit-Remaining", "" + left,
                "RateLimit-Reset", "" + seconds));
    pace.answered(ACCOUNT, new Answer.Usable(true), headers);
  }
}
