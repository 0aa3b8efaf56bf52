package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.poll.PollReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is known of records in memory spares work and never an event: not after a rollback, not
 * beside another process, not across listings and settings.
 */
class KnownRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONE = "{\"id\":1,\"n\":\"one\"}";
  private static final String ANOTHER = "{\"id\":1,\"n\":\"another\"}";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer source;
  private volatile String things = "[]";
  private volatile String deleted = "[]";
  private volatile Runnable beforeSecondPage = () -> {};

  @BeforeEach
  void aSource() throws IOException {
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext("/things", call -> answer(call, things));
    source.createContext("/deleted", call -> answer(call, deleted));
    source.createContext("/first", call -> answer(next(call), things));
    source.createContext(
        "/second",
        call -> {
          beforeSecondPage.run();
          answer(call, "[{\"id\":2}]");
        });
    source.setExecutor(threads);
    source.start();
  }

  @AfterEach
  void stop() {
    source.stop(0);
    threads.shutdown();
  }

  private static HttpExchange next(HttpExchange call) {
    call.getResponseHeaders().set("Link", "</second>; rel=\"next\"");
    return call;
  }

  private static void answer(HttpExchange call, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(200, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  @ParameterizedTest
  @EnumSource
  void change_that_was_rolled_back_is_entered_by_the_next_poll(TestDatabase database)
      throws Exception {
    try (Watched watched =
        new Watched(database, "{\"url\":\"/things\",\"detectBy\":\"content\"}")) {
      things = "[" + ONE + "]";
      watched.first.polls("CREATED 1");
      things = "[" + ANOTHER + "]";
      watched.sql("alter table notification add constraint no_update check (updated = 0)");
      assertThat(watched.first.poll().error()).isNotNull();
      watched.sql("alter table notification drop constraint no_update");

      watched.first.polls("UPDATED 1");
      watched.first.polls();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_another_process_entered_is_not_taken_for_unchanged(TestDatabase database)
      throws Exception {
    try (Watched watched =
        new Watched(database, "{\"url\":\"/things\",\"detectBy\":\"content\"}")) {
      things = "[" + ONE + "]";
      watched.first.polls("CREATED 1");
      watched.first.polls();
      things = "[" + ANOTHER + "]";
      watched.second.polls("UPDATED 1");
      things = "[" + ONE + "]";
      watched.first.polls("UPDATED 1");
      things = "[" + ANOTHER + "]";
      watched.first.polls("UPDATED 1");
      watched.second.polls();
    }
  }

  @ParameterizedTest
  @EnumSource
  void poll_that_another_process_overtook_enters_nothing_and_the_next_one_reads_all(
      TestDatabase database) throws Exception {
    String resource =
        "{\"url\":\"/first\",\"detectBy\":\"content\",\"pagination\":{\"type\":\"link\"}}";
    try (Watched watched = new Watched(database, resource)) {
      things = "[" + ONE + "]";
      watched.first.polls("CREATED 1", "CREATED 2");
      beforeSecondPage =
          () -> {
            beforeSecondPage = () -> {};
            things = "[" + ANOTHER + "]";
            assertThat(watched.second.poll().error()).isNull();
            things = "[" + ONE + "]";
          };
      // its first page was as known, and is no more
      assertThat(watched.first.poll().error()).contains("another process");
      watched.first.polls("UPDATED 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void record_listed_as_deleted_and_shown_again_just_as_it_was_is_created(TestDatabase database)
      throws Exception {
    String resource =
        "{\"url\":\"/things\",\"detectBy\":\"content\",\"deletes\":{\"deletedUrl\":\"/deleted\"}}";
    try (Watched watched = new Watched(database, resource)) {
      things = "[" + ONE + "]";
      watched.first.polls("CREATED 1");
      watched.first.polls();
      things = "[]";
      deleted = "[{\"id\":1}]";
      watched.first.polls("DELETED 1");
      things = "[" + ONE + "]";
      deleted = "[]";
      watched.first.polls("CREATED 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void record_missing_from_sweeps_and_shown_again_just_as_it_was_is_created(TestDatabase database)
      throws Exception {
    String resource = "{\"url\":\"/things\",\"detectBy\":\"content\",\"deletes\":\"sweep\"}";
    try (Watched watched = new Watched(database, resource)) {
      things = "[" + ONE + ",{\"id\":2}]";
      watched.first.polls("CREATED 1", "CREATED 2");
      things = "[{\"id\":2}]";
      watched.first.polls();
      things = "[" + ONE + ",{\"id\":2}]";
      watched.first.polls();
      things = "[{\"id\":2}]";
      watched.first.polls();
      watched.first.polls("DELETED 1");
      things = "[" + ONE + ",{\"id\":2}]";
      watched.first.polls("CREATED 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void record_shown_twice_in_a_page_is_judged_each_time_it_differs(TestDatabase database)
      throws Exception {
    try (Watched watched =
        new Watched(database, "{\"url\":\"/things\",\"detectBy\":\"content\"}")) {
      things = "[" + ONE + "]";
      watched.first.polls("CREATED 1");
      things = "[" + ANOTHER + "," + ONE + "]";
      watched.first.polls("UPDATED 1", "UPDATED 1");
      things = "[" + ONE + "]";
      watched.first.polls();
    }
  }

  @ParameterizedTest
  @EnumSource
  void record_that_was_bad_and_is_again_as_known_leaves_quarantine(TestDatabase database)
      throws Exception {
    String resource =
        "{\"url\":\"/things\",\"datesConfiguration\":{\"updatedDateField\":\"at\",\"updatedDateFormat\":\"yyyy-MM-dd\"}}";
    try (Watched watched = new Watched(database, resource)) {
      things = "[{\"id\":1,\"at\":\"2026-03-01\"}]";
      watched.first.polls("CREATED 1");
      things = "[{\"id\":1,\"at\":\"never\"}]";
      assertThat(watched.first.poll().quarantined()).isEqualTo(1);
      things = "[{\"id\":1,\"at\":\"2026-03-01\"}]";
      watched.first.polls();
      assertThat(watched.first.running.watchpost().polls().quarantine(watched.instance.id(), 10))
          .isEmpty();
    }
  }

  /** A resource watched by two processes on one database, polled when a test says so. */
  private final class Watched implements AutoCloseable {
    final Instance instance;
    final Process first;
    final Process second;

    Watched(TestDatabase database, String resource) throws Exception {
      String url = database.freshUrl();
      ObjectNode request = JSON.createObjectNode();
      request.putObject("element").put("key", "rest");
      ObjectNode configuration = request.putObject("configuration");
      configuration.put("base.url", "http://127.0.0.1:" + source.getAddress().getPort());
      configuration.put("event.notification.enabled", true);
      configuration.put("event.notification.callback.url", "http://127.0.0.1:9/callback");
      ObjectNode settings = (ObjectNode) JSON.readTree(resource);
      settings.put("idField", "id").put("startFrom", "beginning");
      configuration.putObject("event.poller.configuration").set("things", settings);
      instance = TestWatchpost.watched(url, clock, request);
      first = new Process(url, instance);
      second = new Process(url, instance);
    }

    void sql(String statement) {
      first.running.database().write(handle -> handle.execute(statement));
    }

    @Override
    public void close() {
      second.running.close();
      first.running.close();
    }
  }

  private final class Process {
    final TestWatchpost running;
    final Instance instance;

    Process(String url, Instance instance) throws Exception {
      this.instance = instance;
      running = new TestWatchpost(url, clock, Map.of()).start();
    }

    PollReport poll() {
      clock.set(clock.instant().plusSeconds(60));
      return running.watchpost().polls().pollNow(instance.id(), "things", false).get(0);
    }

    /** Polls; these events are entered and no others. */
    void polls(String... events) {
      List<String> before = entered();
      assertThat(poll().error()).isNull();
      List<String> after = entered();
      assertThat(after.subList(before.size(), after.size())).containsExactlyInAnyOrder(events);
    }

    private List<String> entered() {
      return running.watchpost().outbox().events(EventFilter.of(instance.id()), 1_000, 0).stream()
          .sorted(java.util.Comparator.comparing(stored -> stored.event().sequence()))
          .sorted(java.util.Comparator.comparing(stored -> stored.notificationId()))
          .map(stored -> stored.event().type() + " " + stored.event().objectId())
          .toList();
    }
  }
}
