package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.outbox.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final long BUSY = 1;
  private static final long NEW = 100;

  private final InFlight inFlight = new InFlight();
  private long notifications;

  private Claimed claimed(long instance) {
    notifications++;
    return new Claimed(
        notifications, "msg", instance, instance, "customers", NOW, NOW, 0, 0, 1, List.of());
  }

  private List<Claimed> claimed(long instance, int count) {
    return Stream.generate(() -> claimed(instance)).limit(count).toList();
  }

  private void prompt(long instance, Duration took) {
    inFlight.answered(claimed(instance), took);
  }

  @Test
  void endpoint_that_has_not_answered_yet_gets_one_at_a_time() {
    assertThat(inFlight.places(NOW).applyAsInt(NEW)).isEqualTo(1);
    inFlight.enter(claimed(NEW, 1), NOW);
    assertThat(inFlight.places(NOW).applyAsInt(NEW)).isZero();
  }

  @Test
  void as_many_wait_as_a_prompt_endpoint_takes_in_a_second_and_512_at_most() {
    prompt(BUSY, Duration.ofMillis(100));
    prompt(BUSY + 1, Duration.ZERO);

    LongToIntFunction places = inFlight.places(NOW);

    assertThat(places.applyAsInt(BUSY)).isEqualTo(InFlight.OF_INSTANCE + 40);
    assertThat(places.applyAsInt(BUSY + 1)).isEqualTo(InFlight.OF_INSTANCE + 512);
  }

  /** Once, an endpoint was left without a sender for as long as the process lived. */
  @Test
  void endpoint_with_a_place_is_served_though_others_gain_places_while_it_is_claimed() {
    LongStream.rangeClosed(BUSY, 16).forEach(instance -> prompt(instance, Duration.ZERO));
    inFlight.enter(
        LongStream.rangeClosed(BUSY, 16)
            .mapToObj(instance -> claimed(instance, InFlight.OF_INSTANCE))
            .flatMap(List::stream)
            .skip(1)
            .toList(),
        NOW);
    LongToIntFunction places = inFlight.places(NOW);
    assertThat(places.applyAsInt(NEW)).isEqualTo(1);
    int ahead = places.applyAsInt(BUSY);
    assertThat(ahead).isPositive();

    inFlight.leave(BUSY);
    List<Claimed> started =
        inFlight.enter(
            Stream.of(claimed(BUSY, ahead), claimed(NEW, 1)).flatMap(List::stream).toList(), NOW);

    assertThat(started).extracting(Claimed::instanceId).contains(NEW);
    assertThat(inFlight.room()).isZero();
  }
}
