package dev.watchpost.endtoend;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * A source, a receiver and, once {@link #watch watched}, the scene between them, for one test; the
 * clock stands unless the test moves it.
 */
abstract class Stage {
  static final Duration INTERVAL = Duration.ofMinutes(15);

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  final Receiver receiver = new Receiver();

  /** What the source answers: its records, unless a test says otherwise. */
  volatile Source.Api answers = (source, request) -> Source.list(request, source.records());

  final Source source = new Source(clock, (api, request) -> answers.answer(api, request));
  Scene scene;

  /** Watches from now on what {@link WatchRequest} makes of {@code resource}. */
  final void watch(String resource) throws Exception {
    watch(request(resource), Map.of());
  }

  final void watch(WatchRequest request, Map<String, String> properties) throws Exception {
    scene = Scene.of(request, clock, properties);
  }

  final WatchRequest request(String resource) {
    return new WatchRequest(source.url(), receiver.url(), resource);
  }

  /** What the next poll, an interval later, enters; it must succeed. */
  final List<String> polled() {
    clock.advance(INTERVAL);
    return scene.polled();
  }

  @AfterEach
  final void end() {
    if (scene != null) {
      scene.close();
    }
    source.close();
    receiver.close();
  }
}
