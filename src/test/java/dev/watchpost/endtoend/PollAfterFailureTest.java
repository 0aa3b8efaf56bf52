package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.poll.ResourceState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a source is asked again: here Watchpost polls by itself, by the test's clock. */
final class PollAfterFailureTest extends Stage {
  private static final String RESOURCE = "`url`:`/customers`,`idField`:`id`";

  private volatile boolean broken = true;
  private TestWatchpost watchpost;
  private long instance;

  @AfterEach
  void stop() {
    watchpost.close();
  }

  @Test
  void failed_poll_is_tried_again_after_the_backoff_and_not_before() throws Exception {
    start(Map.of());
    awaitFailures(1);
    Duration first = waitOf(state());
    assertThat(first).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

    clock.set(state().nextPoll().minusMillis(1));
    await().during(Duration.ofMillis(500)).until(() -> source.targets().size() == 1);
    clock.set(state().nextPoll());
    awaitFailures(2);
    assertThat(waitOf(state())).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));

    broken = false;
    clock.set(state().nextPoll());
    await().until(() -> state().polls() == 1);
    assertThat(state().failures()).isZero();
    assertThat(state().lastError()).isNull();
  }

  @Test
  void edited_instance_is_polled_at_once_though_its_resource_waits_after_failures()
      throws Exception {
    start(Map.of("watchpost.poll.backoff-initial", "20m"));
    Api api = Api.of(watchpost.context(), watchpost.watchpost());
    awaitFailures(1);
    broken = false;

    api.send("PATCH", "/instances/" + instance, "{\"configuration\":{\"x\":\"mended\"}}");

    await().atMost(Duration.ofSeconds(30)).until(() -> state().polls() == 1);
    assertThat(state().failures()).isZero();
  }

  @Test
  void after_the_failure_limit_the_resource_is_paused_and_listed_until_it_is_enabled_again()
      throws Exception {
    start(Map.of("watchpost.poll.failure-limit", "3"));
    Api api = Api.of(watchpost.context(), watchpost.watchpost());
    for (int failures = 1; failures <= 3; failures++) {
      awaitFailures(failures);
      clock.set(state().nextPoll());
    }
    JsonNode disabled = api.get("/instances/polling-disabled");
    assertThat(disabled).hasSize(1);
    assertThat(disabled.get(0).path("instanceId").asLong()).isEqualTo(instance);
    assertThat(disabled.get(0).path("lastError").asText())
        .isEqualTo("the source answered 500: the source failed");
    broken = false;
    clock.advance(Duration.ofDays(1));
    await().during(Duration.ofMillis(500)).until(() -> source.targets().size() == 3);

    api.send("PUT", "/instances/" + instance + "/enabled", null);

    await().atMost(Duration.ofSeconds(30)).until(() -> state().polls() == 1);
    assertThat(api.get("/instances/polling-disabled")).isEmpty();
  }

  private void start(Map<String, String> properties) throws Exception {
    answers =
        (api, request) -> {
          if (broken) {
            request.response().setStatusCode(500).end();
          } else {
            Source.list(request, api.records());
          }
        };
    watchpost = new TestWatchpost(TestDatabase.H2.freshUrl(), clock, properties).start();
    WatchRequest request = request(RESOURCE).set("event.poller.refresh_interval", "0.02");
    instance = watchpost.watchpost().instances().create(request.json(), null).instance().id();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !watchpost.watchpost().polls().states(instance).isEmpty());
  }

  private ResourceState state() {
    return watchpost.watchpost().polls().states(instance).get(0);
  }

  private void awaitFailures(int failures) {
    await().atMost(Duration.ofSeconds(30)).until(() -> state().failures() == failures);
  }

  private Duration waitOf(ResourceState state) {
    return Duration.between(clock.instant(), state.nextPoll());
  }
}
