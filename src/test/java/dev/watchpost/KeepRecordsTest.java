package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.OutboxEvent;
import dev.watchpost.outbox.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code keepRecords}: events of edits say what was before and which fields changed. */
class KeepRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final String url = TestDatabase.H2.freshUrl();
  private HistorySource source;
  private TestWatchpost running;
  private Instance instance;

  @BeforeEach
  void watch() throws Exception {
    source = new HistorySource(JSON.createObjectNode(), clock);
    put("{\"id\": 1, \"name\": \"Ada\", \"a/b\": 1, \"address\": {\"city\": \"London\"}}");
    instance = TestWatchpost.watched(url, clock, request(true));
    running = new TestWatchpost(url, clock, java.util.Map.of()).start();
    poll();
  }

  @AfterEach
  void stop() {
    running.close();
    source.close();
  }

  @Test
  void an_edit_carries_the_record_before_and_the_pointers_of_what_changed() throws Exception {
    put("{\"id\": 1, \"name\": \"Ada\", \"a/b\": 2, \"address\": {\"city\": \"Paris\"}, \"x\": 1}");
    poll();

    OutboxEvent event = events().get(0);
    assertThat(event.type()).hasToString("UPDATED");
    assertThat(JSON.readTree(event.before()).at("/address/city").asText()).isEqualTo("London");
    assertThat(JSON.readTree(event.changedFields()))
        .isEqualTo(JSON.readTree("[\"/a~1b\", \"/address/city\", \"/x\"]"));
  }

  @Test
  void the_record_before_is_that_of_the_last_edit() throws Exception {
    put("{\"id\": 1, \"name\": \"Ada L.\"}");
    poll();
    put("{\"id\": 1, \"name\": \"Ada Lovelace\"}");
    poll();

    OutboxEvent newest = events().get(0);
    assertThat(JSON.readTree(newest.before()).path("name").asText()).isEqualTo("Ada L.");
    assertThat(newest.changedFields()).isEqualTo("[\"/name\"]");
  }

  @Test
  void other_events_carry_neither() throws Exception {
    put("{\"id\": 2, \"name\": \"Grace\"}");
    poll();

    assertThat(events().get(0).before()).isNull();
    assertThat(events().get(0).changedFields()).isNull();
  }

  @Test
  void set_later_it_holds_from_the_first_poll_that_shows_the_record() throws Exception {
    running.watchpost().instances().patch(instance.id(), request(false));
    poll();
    put("{\"id\": 1, \"name\": \"not kept\"}");
    poll();
    assertThat(events().get(0).before()).isNull();

    running.watchpost().instances().patch(instance.id(), request(true));
    poll();
    put("{\"id\": 1, \"name\": \"kept\"}");
    poll();
    assertThat(JSON.readTree(events().get(0).before()).path("name").asText()).isEqualTo("not kept");
  }

  private void put(String record) throws Exception {
    source.put(JSON.readTree(record));
  }

  private void poll() {
    clock.advance(Duration.ofMinutes(1));
    assertThat(running.watchpost().polls().pollNow(instance.id(), "things", false).get(0).error())
        .isNull();
  }

  /** The newest first. */
  private List<OutboxEvent> events() {
    return running.watchpost().outbox().events(EventFilter.of(instance.id()), 10, 0).stream()
        .map(StoredEvent::event)
        .toList();
  }

  private JsonNode request(boolean keepRecords) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    ObjectNode configuration = request.putObject("configuration");
    configuration.put("base.url", source.url());
    configuration.put("event.notification.enabled", true);
    configuration.put("event.notification.callback.url", source.url() + "/callback");
    ObjectNode things = configuration.putObject("event.poller.configuration").putObject("things");
    things.put("url", "/things").put("idField", "id").put("keepRecords", keepRecords);
    return request;
  }
}
