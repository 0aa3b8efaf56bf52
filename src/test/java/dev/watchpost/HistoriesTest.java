package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.StoredEvent;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.ResourceState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the stories of what counts as a change, each against a real HTTP source, on both databases.
 */
class HistoriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAY = "2026-03-01T";

  @TestFactory
  Stream<DynamicTest> history_on_h2() throws Exception {
    return histories(TestDatabase.H2);
  }

  @TestFactory
  Stream<DynamicTest> history_on_postgresql() throws Exception {
    return histories(TestDatabase.POSTGRESQL);
  }

  private Stream<DynamicTest> histories(TestDatabase database) throws Exception {
    JsonNode all = JSON.readTree(getClass().getResourceAsStream("/histories.json"));
    return StreamSupport.stream(all.path("histories").spliterator(), false)
        .map(
            history ->
                DynamicTest.dynamicTest(
                    history.path("name").asText(), () -> play(history, database.freshUrl())));
  }

  private static void play(JsonNode history, String url) throws Exception {
    SettableClock clock = new SettableClock(Instant.parse(history.path("start").asText()));
    try (HistorySource source = new HistorySource(history.path("source"), clock)) {
      Instance instance = TestWatchpost.watched(url, clock, request(history, source));
      try (TestWatchpost running = new TestWatchpost(url, clock, Map.of()).start()) {
        Played played = new Played(running.watchpost(), instance, source, clock);
        history.path("steps").forEach(played::step);
        assertThat(played.polls).isPositive();
      }
    }
  }

  private static ObjectNode request(JsonNode history, HistorySource source) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    ObjectNode configuration = request.putObject("configuration");
    configuration.put("base.url", source.url());
    configuration.put("event.notification.enabled", true);
    configuration.put("event.notification.callback.url", source.url() + "/callback");
    // by itself it would poll whenever a story lasts longer than the route's tick
    configuration.put("event.poller.refresh_interval", "500000");
    configuration.putObject("event.poller.configuration").set("things", history.path("settings"));
    return request;
  }

  /** A history under way. */
  private static final class Played {
    final Watchpost watchpost;
    final Instance instance;
    final HistorySource source;
    final SettableClock clock;
    final Set<String> before = new HashSet<>();
    int polls;

    Played(Watchpost watchpost, Instance instance, HistorySource source, SettableClock clock) {
      this.watchpost = watchpost;
      this.instance = instance;
      this.source = source;
      this.clock = clock;
    }

    void step(JsonNode step) {
      String at = step.path("at").asText();
      clock.set(Instant.parse(at.contains("T") ? at : DAY + at + "Z"));
      step.path("put").forEach(source::put);
      step.path("drop").forEach(id -> source.drop(id.asText()));
      if (step.path("poll").asBoolean()) {
        poll(step);
      }
    }

    private void poll(JsonNode step) {
      polls++;
      source.fails(step.path("fails").asText(null));
      PollReport report = watchpost.polls().pollNow(instance.id(), "things", false).get(0);
      assertThat(report.error())
          .as("poll at %s", step.path("at"))
          .satisfies(error -> assertThat(error == null).isEqualTo(!step.has("fails")));
      List<String> expected =
          StreamSupport.stream(step.path("expect").spliterator(), false)
              .map(pair -> pair.get(0).asText() + " " + pair.get(1).asText())
              .toList();
      assertThat(added())
          .as("poll at %s", step.path("at"))
          .containsExactlyInAnyOrderElementsOf(expected);
      ResourceState state = watchpost.polls().states(instance.id()).get(0);
      assertThat(state.heldDeletes()).isEqualTo(step.path("held").asInt(state.heldDeletes()));
      assertThat(report.quarantined()).isEqualTo(step.path("quarantined").asInt(0));
    }

    private List<String> added() {
      List<StoredEvent> events = watchpost.outbox().events(EventFilter.of(instance.id()), 1_000, 0);
      return events.stream()
          .filter(event -> before.add(event.event().eventId()))
          .map(event -> event.event().objectId() + " " + event.event().type())
          .toList();
    }
  }
}
