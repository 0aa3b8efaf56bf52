package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.callback.Receiver;
import dev.watchpost.poll.PollReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A poll that broke off: where each page is named by what it follows the next one goes on in the
 * middle, elsewhere it starts over.
 */
final class ResumedPollTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int RECORDS = 3 * PagingApi.SIZE + 3;
  private static final String WINDOW = "/customers?since=${date:HH:mm:ss}&until=${now:HH:mm:ss}";

  private final SettableClock clock = new SettableClock(START);
  private final Receiver receiver = new Receiver();
  private PagingApi api;
  private Source source;
  private Scene scene;

  @AfterEach
  void stop() {
    scene.close();
    source.close();
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"CURSOR_IN_ANSWER", "CURSOR_IN_HEADER", "NEXT_URL", "LAST_ID"})
  void cursor_and_next_url_paging_go_on_in_the_middle_after_a_failed_page(PagingApi.Way way)
      throws Exception {
    watch(way, WINDOW, "");
    breaksOffAtTheThirdPage();
    clock.advance(Duration.ofMinutes(5));
    api.mend();

    PollReport report = scene.poll();

    assertThat(report.error()).isNull();
    assertThat(report.windowStart()).as("the window it had").isEqualTo(Instant.EPOCH);
    assertThat(source.targets().get(3)).as("page three again").isEqualTo(source.targets().get(2));
    assertThat(scene.entered()).as("the other pages").hasSize(RECORDS - 2 * PagingApi.SIZE);
    assertThat(scene.state().cursor()).as("start of the poll that broke off").isEqualTo(START);
    scene.poll();
    assertThat(source.targets().get(source.targets().size() - 4))
        .as("the poll after it begins at the beginning, from that start on")
        .contains("since=09:55:00", "until=10:05:00");
  }

  @ParameterizedTest
  @EnumSource
  void cursor_paging_goes_on_in_the_middle_after_a_crash(TestDatabase database) throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> never = new CompletableFuture<>();
    api = new PagingApi(PagingApi.Way.CURSOR_IN_ANSWER);
    source =
        new Source(
            clock,
            (records, request) -> {
              if (request.uri().endsWith("after=c20") && !asked.isDone()) {
                asked.complete(null);
                never.thenRun(() -> request.response().end());
              } else {
                api.answer(records, request);
              }
            });
    watch(database, "/customers", PagingApi.Way.CURSOR_IN_ANSWER.pagination, "");
    CompletableFuture<Void> broken =
        CompletableFuture.runAsync(() -> scene.poll()).exceptionally(error -> null);
    await().atMost(Duration.ofSeconds(30)).until(asked::isDone);

    scene.restart();
    never.complete(null);
    broken.join();
    clock.advance(Duration.ofMinutes(1));

    assertThat(scene.polled()).hasSize(RECORDS);
    assertThat(source.targets())
        .containsExactly(
            "/customers",
            "/customers?after=c10",
            "/customers?after=c20",
            "/customers?after=c20",
            "/customers?after=c30");
    assertThat(scene.state().cursor()).isEqualTo(START);
  }

  @ParameterizedTest
  @EnumSource(names = {"LINK", "PAGE", "OFFSET"})
  void page_offset_and_link_paging_start_over(PagingApi.Way way) throws Exception {
    watch(way, "/customers", "");
    breaksOffAtTheThirdPage();
    api.mend();
    scene.poll();
    assertThat(source.targets().get(3)).isEqualTo(source.targets().get(0));
    assertThat(scene.state().polls()).isOne();
  }

  @Test
  void cursor_that_the_source_has_forgotten_starts_over_once() throws Exception {
    watch(PagingApi.Way.CURSOR_IN_ANSWER, "/customers", "");
    breaksOffAtTheThirdPage();
    api.fail(410, page -> page == 2 && source.targets().size() == 4);
    assertThat(scene.poll().error()).isNull();
    assertThat(source.targets().subList(3, 6))
        .containsExactly("/customers?after=c20", "/customers", "/customers?after=c10");
    assertThat(scene.entered()).as("each once").hasSize(RECORDS - 2 * PagingApi.SIZE);

    api.fail(410, page -> page == 2);
    assertThat(scene.poll().error()).contains("410");
    assertThat(scene.poll().error()).as("not a second time in one poll").contains("410");
  }

  @Test
  void poll_that_broke_off_more_than_a_day_ago_starts_over() throws Exception {
    watch(PagingApi.Way.NEXT_URL, "/customers", "");
    breaksOffAtTheThirdPage();
    clock.advance(Duration.ofHours(24));
    startsOver();
  }

  @Test
  void poll_that_broke_off_before_an_edit_starts_over() throws Exception {
    watch(PagingApi.Way.NEXT_URL, "/customers", "");
    breaksOffAtTheThirdPage();
    scene
        .watchpost()
        .instances()
        .replace(scene.instance(), request("/customers?b=1", api.pagination(), "").json());
    assertThat(scene.poll().error()).isNotNull();
    assertThat(source.targets().get(3)).isEqualTo("/customers?b=1");
  }

  @Test
  void paging_that_goes_in_a_circle_starts_over() throws Exception {
    source =
        new Source(
            clock,
            (records, request) ->
                request
                    .response()
                    .end(
                        request.uri().endsWith("c1")
                            ? "{\"next\":\"c2\",\"data\":[{\"id\":2}]}"
                            : "{\"next\":\"c1\",\"data\":[{\"id\":1}]}"));
    watch(TestDatabase.H2, "/customers", "{`type`:`cursor`,`parameter`:`c`,`path`:`next`}", "");
    assertThat(scene.poll().error()).contains("circle");
    int asked = source.targets().size();
    scene.poll();
    assertThat(source.targets().get(asked)).isEqualTo("/customers");
  }

  @Test
  void url_that_holds_a_credential_is_not_kept() throws Exception {
    api = new PagingApi(PagingApi.Way.NEXT_URL);
    source = new Source(clock, api);
    WatchRequest request = request("/customers", api.pagination(), "");
    request.set("authentication.type", "apiKey").set("authentication.key", "c20");
    watch(TestDatabase.H2, request);
    breaksOffAtTheThirdPage();
    api.mend();
    scene.poll();
    assertThat(source.targets().get(3)).as("the page before it").contains("after=c10");
  }

  @Test
  void dry_poll_goes_on_nowhere() throws Exception {
    watch(PagingApi.Way.NEXT_URL, "/customers", "");
    breaksOffAtTheThirdPage();
    api.mend();
    scene.watchpost().polls().pollNow(scene.instance(), WatchRequest.RESOURCE, true);
    assertThat(source.targets().get(3)).isEqualTo("/customers");
    scene.poll();
    assertThat(source.targets().get(7)).as("as if it had not been").contains("after=c20");
  }

  @ParameterizedTest
  @EnumSource
  void sweep_that_broke_off_starts_over_so_that_it_sees_everything(TestDatabase database)
      throws Exception {
    api = new PagingApi(PagingApi.Way.CURSOR_IN_ANSWER);
    source = new Source(clock, api);
    watch(database, "/customers", api.pagination(), ",`deletes`:`sweep`,`sweepConfirmations`:1");
    scene.poll();
    scene.entered();
    source.drop("5");
    source.targets().clear();
    breaksOffAtTheThirdPage();
    assertThat(scene.entered()).isEmpty();
    api.mend();
    assertThat(scene.polled()).containsExactly("DELETED 5");
    assertThat(source.targets().get(3)).isEqualTo("/customers");
  }

  @Test
  void sweep_of_its_own_url_that_broke_off_does_not_read_the_records_again() throws Exception {
    watch(
        PagingApi.Way.CURSOR_IN_ANSWER,
        "/customers?since=${date:HH:mm:ss}",
        ",`deletes`:`sweep`,`sweepUrl`:`/all`,`sweepConfirmations`:1");
    api.fail(
        500,
        page -> page == 2 && source.targets().get(source.targets().size() - 1).startsWith("/all"));
    assertThat(scene.poll().error()).contains("500");
    assertThat(scene.state().cursor()).isNull();
    source.targets().clear();
    api.mend();
    assertThat(scene.poll().error()).isNull();
    assertThat(source.targets())
        .containsExactly("/all", "/all?after=c10", "/all?after=c20", "/all?after=c30");
    scene.entered();
    source.drop("31");
    clock.advance(Duration.ofHours(25));
    assertThat(scene.polled()).containsExactly("DELETED 31");
  }

  private void startsOver() {
    api.mend();
    assertThat(scene.poll().error()).isNull();
    assertThat(source.targets().get(3)).isEqualTo(source.targets().get(0));
  }

  private void breaksOffAtTheThirdPage() {
    api.fail(500, page -> page == 2);
    assertThat(scene.poll().error()).isEqualTo("the source answered 500: the source failed");
    assertThat(source.targets()).hasSize(3);
    scene.entered();
  }

  private void watch(PagingApi.Way way, String url, String more) throws Exception {
    api = new PagingApi(way);
    source = new Source(clock, api);
    watch(TestDatabase.H2, url, way.pagination, more);
  }

  private void watch(TestDatabase database, String url, String pagination, String more)
      throws Exception {
    watch(database, request(url, pagination, more));
  }

  private void watch(TestDatabase database, WatchRequest request) throws Exception {
    IntStream.range(0, RECORDS).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
    scene = Scene.of(database, request, clock, Map.of());
  }

  private WatchRequest request(String url, String pagination, String more) {
    String resource =
        "`url`:`%s`,`idField`:`id`,`startFrom`:`beginning`,`pagination`:%s%s"
            .formatted(url, pagination, more);
    return new WatchRequest(source.url(), receiver.url(), resource);
  }
}
