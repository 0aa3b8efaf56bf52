package dev.watchpost.callback;

import static dev.watchpost.outbox.OutboxTables.created;
import static dev.watchpost.outbox.OutboxTables.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.watchpost.outbox.Attempt;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.outbox.EventStatus;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.NewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole way from the outbox to a real receiver. */
final class DeliverRouteTest extends DeliveryStage {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void event_reaches_the_callback_signed_within_a_moment_of_its_commit() throws Exception {
    Map<String, String> settings =
        Map.of(
            "event.notification.signature.key", KEY,
            "event.notification.basic.username", "me",
            "event.notification.basic.password", "secret",
            "event.notification.callback.headers", "{\"X-Own\":\"yes\"}");
    instances.put(795L, instance(795, receiver, settings));
    tables.append(outbox, customers, created("x"));
    long committed = System.nanoTime();

    wake();

    await().pollInterval(Duration.ofMillis(1)).until(() -> receiver.received().size() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - committed)).isLessThan(Duration.ofSeconds(2));
    var headers = receiver.received().get(0).headers();
    assertThat(headers)
        .containsEntry("Content-Type", "application/json")
        .containsEntry("User-Agent", "Watchpost/0.1.0")
        .containsEntry("Authorization", "Basic bWU6c2VjcmV0")
        .containsEntry("X-Own", "yes");
    assertThat(headers.keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
    String body = receiver.received().get(0).body();
    assertThat(headers.get("Elements-Webhook-Id")).isEqualTo(headers.get("webhook-id"));
    assertThat(body).contains("\"eventId\":\"" + headers.get("webhook-id") + "\"");
    assertThat(headers.get("webhook-signature"))
        .isEqualTo(
            new Webhook(KEY)
                .sign(
                    headers.get("webhook-id"),
                    Long.parseLong(headers.get("webhook-timestamp")),
                    body));
    awaitStatus("x", EventStatus.DELIVERED);
  }

  @Test
  void callback_that_fails_three_times_gets_the_same_message_until_it_accepts() {
    receiver.answers(Receiver.status(500));
    tables.append(outbox, customers, created("x"));

    wakeUntilAttempts(1);
    later(Duration.ofSeconds(5));
    wakeUntilAttempts(2);
    later(Duration.ofMinutes(5));
    wakeUntilAttempts(3);
    receiver.answers(Receiver.status(200));
    later(Duration.ofMinutes(30));
    wakeUntilAttempts(4);

    awaitStatus("x", EventStatus.DELIVERED);
    assertThat(receiver.received())
        .extracting(Receiver.Received::body)
        .hasSize(4)
        .containsOnly(receiver.received().get(0).body());
    assertThat(event("x").deliveries())
        .extracting(Attempt::status, Attempt::outcome)
        .containsExactly(
            tuple(500, "refused"),
            tuple(500, "refused"),
            tuple(500, "refused"),
            tuple(200, "accepted"));
  }

  @Test
  void after_the_last_try_it_is_a_dead_letter_and_the_next_event_of_the_object_goes_on() {
    receiver.answers(Receiver.status(302, "Location", receiver.url()));
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, customers, updated("x", 2));

    for (int attempt = 1; attempt <= 3; attempt++) {
      wakeUntilAttempts(attempt);
      later(Duration.ofMinutes(30));
    }
    receiver.answers(Receiver.status(500));
    wake();

    await().until(() -> receiver.received().size() == 5);
    assertThat(outbox.count(new EventFilter(795L, null, null, EventStatus.DEAD, null, null)))
        .isEqualTo(1);
    assertThat(receiver.received().get(4).body()).contains("\"version\":2");
  }

  @Test
  void retry_after_is_obeyed_in_both_forms() {
    receiver.answers(Receiver.status(500, "Retry-After", "100"));
    tables.append(outbox, customers, created("x"));
    wakeUntilAttempts(1);
    assertThat(event("x").nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(100));

    later(Duration.ofSeconds(100));
    receiver.answers(Receiver.status(500, "Retry-After", "Mon, 20 Aug 2018 15:42:00 GMT"));
    wakeUntilAttempts(2);

    assertThat(event("x").nextAttemptAt()).isEqualTo("2018-08-20T15:42:00Z");
  }

  @Test
  void gone_disables_delivery_and_what_waits_keeps_its_tries() {
    receiver.answers(Receiver.status(410));
    tables.append(outbox, customers, created("x"));
    wakeUntilAttempts(1);
    assertThat(outbox.endpoint(795)).hasValueSatisfying(e -> assertThat(e.disabled()).isTrue());

    receiver.answers(Receiver.status(200));
    outbox.enableDelivery(795);
    wake();

    awaitStatus("x", EventStatus.DELIVERED);
  }

  @Test
  void too_many_requests_slows_the_whole_endpoint() {
    receiver.answers(Receiver.status(429, "Retry-After", "60"));
    tables.append(outbox, customers, created("x"));
    wakeUntilAttempts(1);
    tables.append(outbox, customers, created("y"));

    assertThat(outbox.claim(32, id -> 4)).isEmpty();
    assertThat(outbox.endpoint(795).orElseThrow().slowUntil())
        .isEqualTo(clock.instant().plusSeconds(60));
    later(Duration.ofSeconds(60));
    receiver.answers(Receiver.status(200));
    wake();
    awaitStatus("y", EventStatus.DELIVERED);
  }

  @Test
  void unavailable_without_retry_after_slows_the_whole_endpoint_by_the_schedule() {
    receiver.answers(Receiver.status(503));
    tables.append(outbox, customers, created("x"));
    wakeUntilAttempts(1);
    tables.append(outbox, customers, created("y"));

    assertThat(outbox.claim(32, id -> 4)).isEmpty();
    assertThat(outbox.endpoint(795).orElseThrow().slowUntil())
        .isEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void nobody_listening_is_an_attempt_like_any_other() {
    receiver.close();
    tables.append(outbox, customers, created("x"));

    wakeUntilAttempts(1);

    Attempt attempt = event("x").deliveries().get(0);
    assertThat(attempt.status()).isNull();
    assertThat(attempt.outcome()).isEqualTo("unreachable");
    assertThat(event("x").nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void objects_of_an_instance_go_on_beside_each_other_four_at_once_each_in_its_order() {
    CountDownLatch hold = new CountDownLatch(1);
    answerOnce();
    receiver.answers(held(hold));
    Feed one = new Feed(795, customers.resourceId(), "customers", 1);
    for (String object : List.of("a", "b", "c", "d", "e")) {
      tables.append(outbox, one, created(object), updated(object, 2));
    }

    wake();

    await().until(() -> receiver.received().size() == 1 + 4);
    hold.countDown();
    await().until(() -> outbox.undelivered(795) == 0);
    assertThat(receiver.received()).hasSize(1 + 10);
    for (String object : List.of("a", "b", "c", "d", "e")) {
      assertThat(receiver.received().stream().map(Receiver.Received::body))
          .filteredOn(body -> body.contains("\"id\":\"%s\"".formatted(object)))
          .extracting(body -> body.contains("\"version\":2"))
          .containsExactly(false, true);
    }
  }

  @Test
  void forty_endpoints_that_never_answer_delay_nobody_else() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    answerOnce();
    try (Receiver dead = new Receiver()) {
      dead.answers(held(hold));
      for (long id = 800; id < 840; id++) {
        Feed feed = feed(id, dead, Map.of());
        tables.append(
            outbox, new Feed(id, feed.resourceId(), "customers", 1), created("x"), created("y"));
      }
      wake();
      await().until(() -> dead.received().size() == InFlight.OF_DOUBTFUL);

      for (int i = 0; i < 100; i++) {
        tables.append(outbox, customers, created("c" + i));
      }
      wake();

      await().until(() -> receiver.received().size() == 1 + 100);
      assertThat(dead.received()).hasSize(InFlight.OF_DOUBTFUL);
      hold.countDown();
    }
  }

  @Test
  void five_hundred_events_go_in_one_notification() {
    NewEvent[] many =
        IntStream.range(0, 500).mapToObj(i -> created("c" + i)).toArray(NewEvent[]::new);
    tables.append(outbox, new Feed(795, customers.resourceId(), "customers", 500), many);

    wake();

    await().until(() -> outbox.undelivered(795) == 0);
    assertThat(receiver.received()).hasSize(1);
    assertThat(receiver.received().get(0).body().split("\"eventType\"", -1)).hasSize(1 + 500);
  }

  /** From then on the receiver is known to answer. */
  private void answerOnce() {
    tables.append(outbox, customers, created("first"));
    wake();
    await().until(() -> outbox.undelivered(795) == 0);
  }

  private static Receiver.Answer held(CountDownLatch hold) {
    return exchange -> {
      try {
        hold.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.sendResponseHeaders(200, -1);
    };
  }

  @Test
  void endless_answer_is_accepted_by_its_status() {
    receiver.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[8192];
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(block);
          }
        });
    tables.append(outbox, customers, created("x"));

    wake();

    awaitStatus("x", EventStatus.DELIVERED);
  }

  @Test
  void settings_that_allow_no_request_are_told_with_the_event() {
    instances.put(
        795L, instance(795, receiver, Map.of("event.notification.signature.key", "whsec_%")));
    tables.append(outbox, customers, created("x"));

    wakeUntilAttempts(1);

    assertThat(event("x").deliveries().get(0).error())
        .contains("expected Base64 after whsec_ in a signature key");
    assertThat(receiver.received()).isEmpty();
  }
}
