package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process stands still for a second wherever it looks at the clock, as a collection may. */
final class StalledProcessTest {
  private final SettableClock stalling =
      new SettableClock(Instant.parse("2026-03-01T10:00:00Z"), Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(strings = {"", "60"})
  void poll_whose_turn_it_is_does_not_wait(String requestsPerMinute) throws Exception {
    try (Source source = Source.ofRecords(stalling);
        Receiver receiver = new Receiver()) {
      WatchRequest request =
          new WatchRequest(source.url(), receiver.url(), "`url`:`/customers`,`idField`:`id`");
      if (!requestsPerMinute.isEmpty()) {
        request.set("event.poller.requests_per_minute", requestsPerMinute);
      }
      try (Scene scene = Scene.of(request, stalling)) {
        assertThat(scene.poll().error()).isNull();
      }
    }
  }
}
