package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process stands still for a second wherever it looks at the clock, as a collection may. */
final class StalledProcessTest {
  private final SettableClock time = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));

  private final class Stalling extends Clock {
    @Override
    public synchronized Instant instant() {
      time.advance(Duration.ofSeconds(1));
      return time.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60"})
  void poll_whose_turn_it_is_does_not_wait(String requestsPerMinute) throws Exception {
    try (Source source = Source.ofRecords(time);
        Receiver receiver = new Receiver()) {
      WatchRequest request =
          new WatchRequest(source.url(), receiver.url(), "`url`:`/customers`,`idField`:`id`");
      if (!requestsPerMinute.isEmpty()) {
        request.set("event.poller.requests_per_minute", requestsPerMinute);
      }
      try (Scene scene = Scene.of(request, new Stalling())) {
        assertThat(scene.poll().error()).isNull();
      }
    }
  }
}
