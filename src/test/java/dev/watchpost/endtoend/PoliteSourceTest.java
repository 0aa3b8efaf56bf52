package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.ResourceState;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a source is asked, by what it says of itself and by what is allowed. */
final class PoliteSourceTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String TWO =
      "{`a`:{`url`:`/a`,`idField`:`id`},`b`:{`url`:`/b`,`idField`:`id`}}";
  private static final String PER_MINUTE = "event.poller.requests_per_minute";

  private final SettableClock clock = new SettableClock(START);
  private final Receiver receiver = new Receiver();
  private final String database = TestDatabase.H2.freshUrl();
  private final List<Long> instances = new ArrayList<>();
  private volatile Source.Api api = (source, request) -> Source.list(request, source.records());
  private Source source;
  private TestWatchpost watchpost;

  @BeforeEach
  void listen() {
    source = new Source(clock, (records, request) -> api.answer(records, request));
  }

  @AfterEach
  void stop() {
    watchpost.close();
    source.close();
    receiver.close();
  }

  @Test
  void throttled_resource_holds_the_others_of_that_host_and_credentials_for_its_retry_after()
      throws Exception {
    watched(twoResources("key one"));
    watched(twoResources("key two"));
    start(Map.of());
    api = (records, request) -> throttle(request, 429, "Retry-After", "120");
    assertThat(poll(0, "a").error()).isEqualTo("the source answered 429: it wants fewer requests");
    api = (records, request) -> Source.list(request, records.records());

    assertThat(poll(0, "b").error())
        .isEqualTo(
            "polling waits: %s/ wants no more requests until 2026-03-01T10:02:00Z", source.url());
    assertThat(state(0, "b").failures()).isZero();
    assertThat(state(0, "b").lastError()).as("is shown").startsWith("polling waits");
    assertThat(poll(1, "b").error()).as("other credentials").isNull();
    assertThat(source.targets()).containsExactly("/a", "/b");

    clock.set(START.plusSeconds(120));
    assertThat(poll(0, "b").error()).isNull();
    assertThat(state(0, "b").lastError()).isNull();
  }

  @Test
  void unavailable_source_is_left_alone_by_all_its_resources_for_an_hour_if_it_says_so()
      throws Exception {
    watched(twoResources("key"));
    start(Map.of());
    api = (records, request) -> throttle(request, 503, "Retry-After", "3600");
    poll(0, "a");
    assertThat(poll(0, "b").error()).contains("until 2026-03-01T11:00:00Z");
    assertThat(state(0, "b").nextPoll()).isEqualTo(START.plusSeconds(3600));
    assertThat(source.targets()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1772359290",
        "RateLimit-Remaining: 0 | RateLimit-Reset: 90",
        "RateLimit: \"default\";r=0;t=90 | Vary: Accept",
      })
  void source_that_has_no_requests_left_is_not_asked_until_they_are_back(String one, String other)
      throws Exception {
    watched(twoResources("key"));
    start(Map.of());
    api =
        (records, request) -> {
          for (String header : List.of(one, other)) {
            request.response().putHeader(header.split(": ")[0], header.split(": ")[1]);
          }
          Source.list(request, records.records());
        };
    assertThat(poll(0, "a").error()).isNull();
    assertThat(poll(0, "b").error()).contains("wants no more requests until 2026-03-01T10:01:30Z");
    assertThat(source.targets()).hasSize(1);
    clock.set(START.plusSeconds(90));
    assertThat(poll(0, "b").error()).isNull();
  }

  @Test
  void forbidden_with_no_requests_left_is_tried_again_when_they_are_back() throws Exception {
    watched(twoResources("key"));
    start(Map.of());
    api =
        (records, request) -> {
          request.response().putHeader("X-RateLimit-Remaining", "0");
          throttle(request, 403, "X-RateLimit-Reset", "1772359290");
        };
    assertThat(poll(0, "a").error()).isEqualTo("the source answered 403: it wants fewer requests");
    assertThat(state(0, "a").nextPoll()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void requests_per_minute_of_a_host_are_shared_by_its_instances() throws Exception {
    watched(twoResources("key one").set(PER_MINUTE, "6"));
    watched(twoResources("key two").set(PER_MINUTE, "6"));
    start(Map.of());
    sharesSixAMinute();
  }

  @Test
  void requests_per_minute_may_be_set_for_all_hosts() throws Exception {
    watched(twoResources("key one"));
    watched(twoResources("key two"));
    start(Map.of("watchpost.poll.requests-per-minute", "6"));
    sharesSixAMinute();
  }

  private void sharesSixAMinute() {
    assertThat(poll(0, "a").error()).isNull();
    assertThat(poll(1, "a").error())
        .isEqualTo("polling waits: the requests per minute to %s/ are used up", source.url());
    assertThat(source.targets()).hasSize(1);
    clock.advance(Duration.ofSeconds(10));
    assertThat(poll(1, "a").error()).isNull();
    assertThat(poll(0, "b").error()).contains("used up");
    assertThat(state(1, "a").failures() + state(0, "b").failures()).isZero();
  }

  @Test
  void poll_that_waits_for_its_turn_holds_no_thread_and_goes_on_as_it_was() throws Exception {
    api = new PagingApi(PagingApi.Way.PAGE);
    IntStream.range(0, 23).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    start(Map.of());
    createPolledOften(
        "`url`:`/customers`,`idField`:`id`,`startFrom`:`beginning`,`deletes`:`sweep`,`sweepConfirmations`:1,`pagination`:"
            + PagingApi.Way.PAGE.pagination);
    for (int pages = 1; pages <= 4; pages++) {
      int asked = pages;
      await().atMost(Duration.ofSeconds(30)).until(() -> source.targets().size() == asked);
      await().until(() -> pollers().getActiveCount() == 0);
      clock.advance(Duration.ofMillis(9_990));
      if (pages < 4) {
        assertThat(state(0, "customers").polls()).as("after page %d", pages).isZero();
        await().during(Duration.ofMillis(300)).until(() -> source.targets().size() == asked);
      }
      clock.advance(Duration.ofMillis(10));
    }
    await().until(() -> state(0, "customers").polls() == 1);

    source.drop("22");
    awaitPolls(2);
    assertThat(watchpost.watchpost().outbox().events(EventFilter.of(instances.get(0)), 100, 0))
        .as("a sweep that was put off between its pages is a sweep")
        .hasSize(24)
        .first()
        .satisfies(stored -> assertThat(stored.event().objectId()).isEqualTo("22"));
  }

  private void awaitPolls(int polls) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(10));
              return state(0, "customers").polls() >= polls;
            });
  }

  @Test
  void pages_of_a_listing_come_as_often_as_allowed_however_seldom_the_timer_ticks()
      throws Exception {
    api = new PagingApi(PagingApi.Way.LINK);
    IntStream.range(0, 100).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    watchpost = new TestWatchpost(database, Clock.systemUTC(), Map.of()).start();
    create(
        new WatchRequest(
                source.url(), receiver.url(), "`url`:`/`,`idField`:`id`,`pagination`:`link`")
            .set(PER_MINUTE, "50"));
    await().atMost(Duration.ofSeconds(30)).until(() -> source.targets().size() >= 5);
    Instant fifth = Instant.now();
    await().atMost(Duration.ofSeconds(30)).until(() -> state(0, "customers").polls() == 1);
    assertThat(Duration.between(fifth, Instant.now()))
        .as("five more requests at 46 a minute; the timer ticks every 5 s")
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
    assertThat(source.targets()).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"LINK", "PAGE", "OFFSET"})
  void listing_that_would_start_over_waits_where_it_is_throttled_and_goes_on(PagingApi.Way way)
      throws Exception {
    PagingApi paging = throttledBetweenPages(way, page -> page == 2);
    assertThat(poll(0, "customers").error()).startsWith("the source answered 429");
    assertThat(poll(0, "customers").error()).contains("wants no more requests until");
    assertThat(source.targets()).hasSize(3);
    paging.mend();
    clock.advance(Duration.ofSeconds(45));
    assertThat(poll(0, "customers").error()).isNull();
    assertThat(source.targets().get(3)).as("the same page").isEqualTo(source.targets().get(2));
    assertThat(state(0, "customers").failures()).isZero();
    assertThat(state(0, "customers").cursor()).isEqualTo(START);
  }

  @Test
  void listing_that_is_throttled_at_the_same_page_time_and_again_has_failed() throws Exception {
    throttledBetweenPages(PagingApi.Way.LINK, page -> page == 2);
    for (int waits = 0; waits < 10; waits++) {
      poll(0, "customers");
      assertThat(state(0, "customers").failures()).isZero();
      clock.advance(Duration.ofSeconds(45));
    }
    poll(0, "customers");
    assertThat(state(0, "customers").failures()).isOne();
  }

  private PagingApi throttledBetweenPages(PagingApi.Way way, IntPredicate pages) throws Exception {
    PagingApi paging = new PagingApi(way);
    paging.throttle(45, pages);
    api = paging;
    IntStream.range(0, 33).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    watched(
        new WatchRequest(
            source.url(),
            receiver.url(),
            "`url`:`/customers`,`idField`:`id`,`pagination`:" + way.pagination));
    start(Map.of());
    return paging;
  }

  @Test
  void dry_polls_that_do_not_get_their_turn_use_up_nothing() throws Exception {
    watched(twoResources("key").set(PER_MINUTE, "6"));
    start(Map.of());
    poll(0, "a");
    for (int dry = 0; dry < 5; dry++) {
      assertThat(watchpost.watchpost().polls().pollNow(instances.get(0), "b", true).get(0).error())
          .contains("used up");
    }
    clock.advance(Duration.ofSeconds(10));
    assertThat(poll(0, "b").error()).isNull();
  }

  @Test
  void edit_drops_the_poll_that_waits_for_its_turn() throws Exception {
    pollOldPages(new PagingApi(PagingApi.Way.PAGE));
    awaitIdle();
    edit(watchedOften("/new"));
    assertThatNewPagesAreNext();
  }

  @Test
  void edit_while_a_page_is_read_drops_the_poll_once_it_has_to_wait() throws Exception {
    CompletableFuture<Void> edited = new CompletableFuture<>();
    Source.Api pages = new PagingApi(PagingApi.Way.PAGE);
    pollOldPages((records, request) -> edited.thenRun(() -> pages.answer(records, request)));
    edit(watchedOften("/new"));
    edited.complete(null);
    awaitIdle();
    assertThatNewPagesAreNext();
  }

  /** Of three pages the first is asked for; the others wait for their turn. */
  private void pollOldPages(Source.Api pages) throws Exception {
    start(Map.of());
    api = pages;
    IntStream.range(0, 23).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    create(watchedOften("/old"));
    await().atMost(Duration.ofSeconds(30)).until(() -> source.targets().size() == 1);
  }

  private WatchRequest watchedOften(String path) {
    return often(
        "`url`:`%s`,`idField`:`id`,`pagination`:%s".formatted(path, PagingApi.Way.PAGE.pagination));
  }

  private void edit(WatchRequest request) {
    watchpost.watchpost().instances().replace(instances.get(0), request.json());
    watchpost.awaitMended();
  }

  private void awaitIdle() {
    await()
        .until(
            () -> !watchpost.watchpost().polls().underWay(instances.get(0), WatchRequest.RESOURCE));
  }

  private void assertThatNewPagesAreNext() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(10));
              return source.targets().size() >= 2;
            });
    assertThat(source.targets().get(1)).isEqualTo("/new?p=0");
  }

  @Test
  void polls_of_one_resource_never_overlap() throws Exception {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    api = (records, request) -> answered.thenRun(() -> Source.list(request, List.of()));
    start(Map.of());
    createPolledOften("`url`:`/customers`,`idField`:`id`");
    await().atMost(Duration.ofSeconds(30)).until(() -> source.targets().size() == 1);
    clock.advance(Duration.ofHours(1));
    await().during(Duration.ofMillis(700)).until(() -> source.targets().size() == 1);
    answered.complete(null);
    await().atMost(Duration.ofSeconds(30)).until(() -> source.targets().size() > 1);
  }

  private ThreadPoolExecutor pollers() {
    ExecutorService pool =
        watchpost
            .context()
            .getRegistry()
            .lookupByNameAndType("watchpostPollers", ExecutorService.class);
    return (ThreadPoolExecutor) pool;
  }

  private WatchRequest twoResources(String key) {
    return new WatchRequest(source.url(), receiver.url(), "`url`:`/`,`idField`:`id`")
        .set("event.poller.configuration", TWO.replace('`', '"'))
        .set("authentication.type", "apiKey")
        .set("authentication.key", key);
  }

  private WatchRequest often(String resource) {
    return new WatchRequest(source.url(), receiver.url(), resource)
        .set("event.poller.refresh_interval", "0.02")
        .set(PER_MINUTE, "6");
  }

  private void createPolledOften(String resource) {
    create(often(resource));
  }

  private void create(WatchRequest request) {
    instances.add(watchpost.watchpost().instances().create(request.json(), null).instance().id());
  }

  /** Polled only when the test says so. */
  private void watched(WatchRequest request) throws Exception {
    instances.add(TestWatchpost.watched(database, clock, request.json()).id());
  }

  private void start(Map<String, String> properties) throws Exception {
    watchpost = new TestWatchpost(database, clock, properties).start();
  }

  private PollReport poll(int instance, String resource) {
    return watchpost.watchpost().polls().pollNow(instances.get(instance), resource, false).get(0);
  }

  private ResourceState state(int instance, String resource) {
    return watchpost.watchpost().polls().states(instances.get(instance)).stream()
        .filter(state -> state.name().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static void throttle(HttpServerRequest request, int status, String name, String value) {
    request.response().setStatusCode(status).putHeader(name, value).end();
  }
}
