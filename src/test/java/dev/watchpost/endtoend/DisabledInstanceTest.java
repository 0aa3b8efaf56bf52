package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.callback.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disabled by its owner, or by a callback that is gone. */
final class DisabledInstanceTest extends Stage {
  private static final String FILTERED =
      "`url`:`/customers?since=${date}`,`idField`:`id`,`datesConfiguration`:{`updatedDateField`:`updated_at`}";

  private Api api;
  private String enabled;

  @BeforeEach
  void start() throws Exception {
    watch(FILTERED);
    api = scene.api();
    enabled = "/instances/" + scene.instance() + "/enabled";
    assertThat(scene.polled()).isEmpty();
    clock.advance(Duration.ofHours(1));
    put("a");
    assertThat(scene.polled()).containsExactly("CREATED a");
    await().until(() -> receiver.received().size() == 1);
  }

  @Test
  void disabled_instance_does_not_poll_and_catches_up_from_its_cursor_once_enabled()
      throws Exception {
    Instant cursor = scene.state().cursor();
    api.send("DELETE", enabled, null);
    await()
        .untilAsserted(() -> assertThatThrownBy(scene::poll).hasMessageContaining("does not poll"));
    clock.advance(Duration.ofDays(3));
    put("b");
    clock.advance(Duration.ofDays(3));

    api.send("PUT", enabled, null);

    assertThat(polledOnceEnabled()).containsExactly("CREATED b");
    assertThat(source.targets().get(source.targets().size() - 1))
        .contains("since=" + cursor.minusSeconds(300));
  }

  @Test
  void what_was_not_delivered_waits_while_the_instance_is_disabled() throws Exception {
    receiver.answers(Receiver.status(500));
    put("b");
    assertThat(scene.polled()).containsExactly("CREATED b");
    await().until(() -> receiver.received().size() == 2);
    api.send("DELETE", enabled, null);
    receiver.answers(Receiver.status(200));
    clock.advance(Duration.ofDays(30));
    await().during(Duration.ofSeconds(2)).until(() -> receiver.received().size() == 2);

    api.send("PUT", enabled, null);

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.received().size() == 3);
    assertThat(Heard.events(receiver.received())).endsWith("CREATED b", "CREATED b");
  }

  @Test
  void callback_that_is_gone_gets_nothing_more_until_the_instance_is_enabled() throws Exception {
    receiver.answers(Receiver.status(410));
    put("b");
    scene.poll();
    await().until(() -> scene.watchpost().outbox().endpoint(scene.instance()).isPresent());
    JsonNode delivery = api.get("/instances/" + scene.instance()).path("delivery");
    assertThat(delivery.path("disabled").asBoolean()).isTrue();
    assertThat(delivery.path("reason").asText()).isEqualTo("the callback answered 410");
    receiver.answers(Receiver.status(200));
    put("c");
    scene.poll();
    clock.advance(Duration.ofDays(30));
    await().during(Duration.ofSeconds(2)).until(() -> receiver.received().size() == 2);
    assertThat(scene.watchpost().outbox().undelivered(scene.instance())).isEqualTo(2);

    api.send("PUT", enabled, null);

    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.received().size() == 4);
    assertThat(Heard.events(receiver.received()).subList(1, 4))
        .containsExactlyInAnyOrder("CREATED b", "CREATED b", "CREATED c");
  }

  private List<String> polledOnceEnabled() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(IllegalStateException.class)
        .until(() -> scene.poll().error() == null);
    return scene.entered();
  }

  private void put(String id) {
    source.put(id, "{\"id\":\"%s\",\"updated_at\":\"%s\"}".formatted(id, clock.instant()));
  }
}
