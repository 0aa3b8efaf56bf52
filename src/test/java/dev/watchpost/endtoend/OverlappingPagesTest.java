package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.LoopbackServer;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The next page is asked for and read while the one before is entered; nothing is lost, entered
 * twice or out of order by it.
 */
class OverlappingPagesTest {
  private final LoopbackServer source = new LoopbackServer(this::answer);
  private final CountDownLatch secondAsked = new CountDownLatch(1);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private volatile List<String> pages = List.of();
  private volatile boolean throttled;
  private Scene scene;

  private void watch(TestDatabase database) throws Exception {
    WatchRequest request =
        new WatchRequest(
            source.url(),
            "http://127.0.0.1:9/callback",
            "`url`:`/customers?page=0`,`idField`:`id`,`detectBy`:`content`,`startFrom`:`beginning`,`pagination`:{`type`:`link`}");
    scene = Scene.of(database, request, clock, Map.of());
  }

  private void answer(HttpServerRequest request) {
    int page = Integer.parseInt(request.getParam("page"));
    if (page == 1) {
      secondAsked.countDown();
    }
    if (page == 1 && throttled) {
      request.response().setStatusCode(429).putHeader("Retry-After", "45").end();
      return;
    }
    if (page + 1 < pages.size()) {
      request
          .response()
          .putHeader("Link", "</customers?page=%d>; rel=\"next\"".formatted(page + 1));
    }
    request.response().putHeader("Content-Type", "application/json").end(pages.get(page));
  }

  @AfterEach
  void stop() {
    scene.close();
    source.close();
  }

  @ParameterizedTest
  @EnumSource
  void next_page_is_asked_for_while_the_one_before_is_entered(TestDatabase database)
      throws Exception {
    watch(database);
    pages = List.of("[{\"id\":1}]", "[{\"id\":2}]", "[{\"id\":3}]");
    CompletableFuture<List<String>> poll = new CompletableFuture<>();
    scene
        .database()
        .write(
            handle -> {
              // whoever enters a page waits for this row
              handle.execute("update resource set polls = polls");
              poll.completeAsync(() -> scene.polled());
              assertThat(await(secondAsked)).isTrue();
              assertThat(poll).isNotDone();
            });
    assertThat(poll.get(30, TimeUnit.SECONDS))
        .containsExactly("CREATED 1", "CREATED 2", "CREATED 3");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void page_that_cannot_be_entered_fails_the_poll_though_the_next_ones_can(TestDatabase database)
      throws Exception {
    watch(database);
    pages = List.of("[{\"id\":1}]", "[]", "[]");
    sql("alter table notification add constraint none check (created = 0)");
    assertThat(scene.poll().error()).isNotNull();
    assertThat(scene.state().cursor()).isNull();
    assertThat(scene.entered()).isEmpty();

    sql("alter table notification drop constraint none");
    assertThat(scene.polled()).containsExactly("CREATED 1");
    assertThat(scene.polled()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void page_that_cannot_be_entered_fails_the_poll_that_would_wait_for_the_next(
      TestDatabase database) throws Exception {
    watch(database);
    pages = List.of("[{\"id\":1}]", "[{\"id\":2}]");
    throttled = true;
    sql("alter table notification add constraint none check (created = 0)");
    assertThat(scene.poll().error()).startsWith("internal error");
    assertThat(scene.state().failures()).isOne();

    throttled = false;
    sql("alter table notification drop constraint none");
    clock.advance(Duration.ofSeconds(45));
    assertThat(scene.polled()).containsExactly("CREATED 1", "CREATED 2");
  }

  @ParameterizedTest
  @EnumSource
  void record_shown_on_two_pages_is_judged_on_each(TestDatabase database) throws Exception {
    watch(database);
    pages = List.of("[{\"id\":1,\"n\":1}]", "[{\"id\":1,\"n\":2}]", "[{\"id\":1,\"n\":1}]");
    assertThat(scene.polled()).containsExactly("CREATED 1", "UPDATED 1", "UPDATED 1");
    pages = List.of("[{\"id\":1,\"n\":1}]", "[{\"id\":1,\"n\":2}]", "[{\"id\":1,\"n\":2}]");
    assertThat(scene.polled()).containsExactly("UPDATED 1");
    pages = List.of("[{\"id\":1,\"n\":2}]");
    assertThat(scene.polled()).isEmpty();
  }

  private void sql(String statement) {
    scene.database().write(handle -> handle.execute(statement));
  }
}
