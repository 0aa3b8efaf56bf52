package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.callback.Receiver;
import dev.watchpost.outbox.Attempt;
import dev.watchpost.outbox.EventStatus;
import dev.watchpost.outbox.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the API to a callback that is broken for a while. */
final class FailingCallbackTest extends Stage {
  /** One more than the retry schedule has waits. */
  private static final int ATTEMPTS = 10;

  @BeforeEach
  void start() throws Exception {
    WatchRequest request = request("`url`:`/customers`,`idField`:`id`");
    watch(request.set("event.notification.signature.key", "a key"), Map.of());
    assertThat(scene.polled()).isEmpty();
  }

  @Test
  void callback_that_answers_500_three_times_then_200_accepts_each_event_once_in_order() {
    receiver.answers(Receiver.status(500));
    source.put("a", "{\"id\":\"a\",\"version\":1}");
    scene.poll();
    awaitAttempts("CREATED", 1);
    for (int version = 2; version <= 3; version++) {
      clock.advance(Duration.ofSeconds(1));
      source.put("a", "{\"id\":\"a\",\"version\":" + version + "}");
      scene.poll();
    }

    retryAfter(Duration.ofSeconds(7), 2);
    retryAfter(Duration.ofMinutes(6), 3);
    receiver.answers(Receiver.status(200));
    clock.advance(Duration.ofMinutes(36));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scene.watchpost().outbox().undelivered(scene.instance()) == 0);
    assertThat(Heard.events(receiver.received()))
        .containsExactly(
            "CREATED a", "CREATED a", "CREATED a", "CREATED a", "UPDATED a", "UPDATED a");
    assertThat(ids(receiver.received().subList(0, 4))).hasSize(1);
    assertThat(ids(receiver.received())).hasSize(3);
    assertThat(receiver.received().stream().map(FailingCallbackTest::version))
        .containsExactly(1, 1, 1, 1, 2, 3);
    assertThat(attempts("CREATED")).extracting(Attempt::status).containsExactly(500, 500, 500, 200);
    assertThat(scene.events()).extracting(StoredEvent::status).containsOnly(EventStatus.DELIVERED);
  }

  @Test
  void dead_letters_are_listed_and_sent_again_by_a_filter() throws Exception {
    Api api = scene.api();
    receiver.answers(Receiver.status(500));
    source.put("a", "{\"id\":\"a\"}");
    scene.poll();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      awaitAttempts("CREATED", attempt);
      clock.advance(Duration.ofDays(2));
    }
    String events = "/instances/" + scene.instance() + "/events";
    await().until(() -> api.get(events + "?status=DEAD").size() == 1);
    assertThat(api.get(events + "?status=PENDING")).isEmpty();
    String dead = api.get(events + "?status=DEAD").path(0).path("eventId").asText();
    assertThat(api.get(events + "/" + dead).path("attempts")).hasSize(ATTEMPTS);
    receiver.answers(Receiver.status(200));

    api.send("PUT", events + "/redeliver?status=DEAD&objectType=customers", null);

    await().until(() -> api.get(events + "?status=DELIVERED").size() == 1);
    assertThat(ids(receiver.received())).hasSize(1);
  }

  private void retryAfter(Duration wait, int attempts) {
    clock.advance(wait);
    awaitAttempts("CREATED", attempts);
  }

  private void awaitAttempts(String type, int attempts) {
    await().atMost(Duration.ofSeconds(30)).until(() -> attempts(type).size() == attempts);
  }

  private List<Attempt> attempts(String type) {
    String id =
        scene.events().stream()
            .filter(stored -> stored.event().type().name().equals(type))
            .map(stored -> stored.event().eventId())
            .findFirst()
            .orElseThrow();
    return scene.watchpost().outbox().event(id).orElseThrow().deliveries();
  }

  private static Set<String> ids(List<Receiver.Received> received) {
    return received.stream()
        .map(got -> got.headers().get("Elements-Webhook-Id"))
        .collect(Collectors.toSet());
  }

  private static int version(Receiver.Received got) {
    return Heard.message(got)
        .path("raw")
        .path(WatchRequest.RESOURCE)
        .path(0)
        .path("version")
        .asInt();
  }
}
