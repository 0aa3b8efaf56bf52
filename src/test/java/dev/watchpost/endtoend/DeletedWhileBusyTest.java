package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.LoopbackServer;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Instances that are polled all the time, by two resources in pages, and delivered to all the time,
 * are deleted one after the other. A delete and a poll on PostgreSQL once waited for each other, so
 * that the delete answered 500 or the poll failed; on H2 a resource could outlive its instance.
 */
final class DeletedWhileBusyTest {
  private static final int DELETES = 12;
  private static final int BUSY = 3;
  private static final int RECORDS = 40;
  private static final String BODY =
      """
      {"element": "rest", "configuration": {
        "base.url": "%1$s", "event.notification.enabled": true,
        "event.notification.callback.url": "%1$s/hook/%2$d", "event.notification.batch.size": 5,
        "event.poller.refresh_interval": "10ms",
        "event.poller.configuration": {"these": %3$s, "those": %3$s}}}
      """;
  private static final String RESOURCE =
      """
      {"url": "/records", "idField": "id", "startFrom": "beginning",
        "pagination": {"type": "page", "parameter": "page"}}
      """;

  private final AtomicInteger versions = new AtomicInteger();
  private final Set<Integer> delivered = ConcurrentHashMap.newKeySet();

  /** Every record is another one each time, on two pages. */
  private void serve(HttpServerRequest request) {
    if (request.path().startsWith("/hook/")) {
      delivered.add(Integer.valueOf(request.path().substring("/hook/".length())));
      request.response().end();
      return;
    }
    boolean past = Integer.parseInt(request.getParam("page")) > 2;
    int first = request.getParam("page").equals("1") ? 0 : RECORDS;
    StringBuilder page = new StringBuilder("[");
    for (int id = first; !past && id < first + RECORDS; id++) {
      page.append(id == first ? "" : ",");
      page.append("{\"id\":%d,\"version\":%d}".formatted(id, versions.incrementAndGet()));
    }
    request.response().end(page.append("]").toString());
  }

  @ParameterizedTest
  @EnumSource
  void instances_that_poll_and_deliver_are_deleted_at_once_and_leave_nothing(TestDatabase kind)
      throws Exception {
    try (LoopbackServer server = new LoopbackServer(this::serve);
        CapturedLog log = new CapturedLog();
        TestWatchpost running =
            new TestWatchpost(
                    kind.freshUrl(),
                    Clock.systemUTC(),
                    Map.of("watchpost.poll.minimum-interval", "10ms"))
                .start()) {
      Api api = Api.of(running.context(), running.watchpost());
      Deque<Long> busy = new ArrayDeque<>();
      for (int created = 0; created < DELETES + BUSY; created++) {
        String body = BODY.formatted(server.url(), created, RESOURCE);
        busy.add(api.send("POST", "/instances", body).path("id").asLong());
        int oldest = created - BUSY;
        if (oldest >= 0) {
          await().until(() -> delivered.contains(oldest));
          delete(api, busy.remove());
        }
      }
      for (long instance : busy) {
        delete(api, instance);
      }
      await().untilAsserted(() -> assertThat(rows(running)).isZero());
      assertThat(log.text().lines().filter(line -> line.startsWith("ERROR"))).isEmpty();
    }
  }

  private static void delete(Api api, long instance) throws Exception {
    HttpResponse<String> answer = api.call("DELETE", "/instances/" + instance, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static int rows(TestWatchpost running) {
    return running
        .database()
        .read(
            handle ->
                handle
                    .select(
                        "select (select count(*) from resource) + (select count(*) from ledger)"
                            + " + (select count(*) from notification)"
                            + " + (select count(*) from poll)")
                    .mapTo(Integer.class)
                    .one());
  }
}
