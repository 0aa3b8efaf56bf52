package dev.watchpost.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollPolicyTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  private final PollPolicy policy = PollPolicy.defaults();
  private final Random random = new Random(1);

  @Test
  void backoff_doubles_up_to_the_longest_with_a_fifth_of_jitter() {
    Duration interval = Duration.ofSeconds(1);
    long[] seconds = {5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800};
    for (int failures = 1; failures <= seconds.length; failures++) {
      long millis = seconds[failures - 1] * 1000;
      Set<Duration> waits = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        waits.add(policy.backoff(interval, failures, random));
      }
      assertThat(waits)
          .hasSizeGreaterThan(40)
          .allSatisfy(
              wait -> assertThat(wait.toMillis()).isBetween(millis * 4 / 5, millis * 6 / 5));
    }
  }

  @Test
  void backoff_is_never_shorter_than_the_interval_by_more_than_the_jitter() {
    assertThat(policy.backoff(Duration.ofHours(2), 1, random))
        .isBetween(Duration.ofMinutes(96), Duration.ofMinutes(144));
  }

  @Test
  void second_poll_comes_at_a_random_time_so_that_resources_enabled_together_part() {
    Set<Instant> starts = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      starts.add(policy.next(START, INTERVAL, 0, random));
    }
    assertThat(starts)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            start -> assertThat(start).isBetween(START.plusSeconds(450), START.plusSeconds(900)));
  }

  @Test
  void later_polls_come_an_interval_after_the_one_before_began() {
    assertThat(policy.next(START, INTERVAL, 1, random)).isEqualTo(START.plus(INTERVAL));
  }
}
