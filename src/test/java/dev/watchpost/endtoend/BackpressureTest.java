package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.callback.Receiver;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A receiver that takes nothing for a while: polls wait, and nothing expires. */
final class BackpressureTest extends Stage {

  @Test
  void too_many_undelivered_events_pause_the_polls_which_go_on_by_themselves_once_delivered()
      throws Exception {
    watch(
        request("`url`:`/customers`,`idField`:`id`"),
        Map.of("watchpost.outbox.limit", "3", "watchpost.poll.failure-limit", "2"));
    Api api = scene.api();
    assertThat(scene.polled()).isEmpty();
    receiver.answers(Receiver.status(500));
    List.of("a", "b", "c").forEach(this::put);
    assertThat(scene.polled()).hasSize(3);
    Instant cursor = scene.state().cursor();
    await().until(() -> !receiver.received().isEmpty());
    put("d");
    int asked = source.targets().size();

    for (int polls = 0; polls < 3; polls++) {
      assertThat(scene.poll().error())
          .isEqualTo("polling waits: 3 events of this instance or more are undelivered");
    }

    HttpResponse<String> now =
        api.call("POST", "/instances/" + scene.instance() + "/poll?resource=customers", null);
    assertThat(now.statusCode()).isEqualTo(503);
    assertThat(now.body()).contains("'customers' is not polled now: polling waits: 3 events");
    assertThat(now.headers().firstValue("Retry-After")).isPresent();
    assertThat(source.targets()).hasSize(asked);
    assertThat(scene.state().cursor()).isEqualTo(cursor);
    assertThat(scene.state().failures()).isZero();
    assertThat(api.get("/instances/polling-disabled")).isEmpty();
    assertThat(api.get("/instances/event-poller-records").get(0).path("lastError").asText())
        .startsWith("polling waits");
    JsonNode polls = api.get("/instances/" + scene.instance() + "/polls");
    assertThat(polls.findValuesAsText("outcome")).containsExactly("WAITING", "SUCCESS", "SUCCESS");
    assertThat(polls.findValuesAsText("created")).containsExactly("0", "3", "0");

    receiver.answers(Receiver.status(200));
    clock.advance(Duration.ofSeconds(7));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Heard.events(receiver.received()).contains("CREATED d"));
    assertThat(scene.state().lastError()).isNull();
  }

  private void put(String id) {
    source.put(id, "{\"id\":\"" + id + "\"}");
  }
}
