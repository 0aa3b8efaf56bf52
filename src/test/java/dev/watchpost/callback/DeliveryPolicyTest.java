package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryPolicyTest {

  @Test
  void waits_follow_the_schedule_and_end() {
    DeliveryPolicy policy = policy(0.5);

    assertThat(policy.waitAfter(1)).contains(Duration.ofSeconds(5));
    assertThat(policy.waitAfter(2)).contains(Duration.ofMinutes(5));
    assertThat(policy.waitAfter(9)).contains(Duration.ofHours(24));
    assertThat(policy.waitAfter(10)).isEmpty();
  }

  @Test
  void waits_vary_by_a_fifth() {
    assertThat(policy(0).waitAfter(1)).contains(Duration.ofSeconds(4));
    assertThat(policy(1).waitAfter(1)).contains(Duration.ofSeconds(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5s,,5m", "5s,5 minutes", "-5s"})
  void what_is_no_wait_is_named(String schedule) {
    assertThatThrownBy(() -> DeliveryPolicy.parse(schedule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected waits like 5s,5m,2h in the retry schedule, found '");
  }

  private static DeliveryPolicy policy(double random) {
    return new DeliveryPolicy(
        DeliveryPolicy.parse(DeliveryPolicy.DEFAULT_SCHEDULE),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        () -> random);
  }
}
