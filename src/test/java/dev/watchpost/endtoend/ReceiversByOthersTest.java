package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.NodeReceiver;
import dev.watchpost.outbox.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a poll finds arrives where the npm packages standardwebhooks and cloudevents verify it. */
final class ReceiversByOthersTest extends Stage {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private NodeReceiver node;

  @BeforeEach
  void start() throws Exception {
    NodeReceiver.require();
    node = NodeReceiver.verifying(OLD);
    // a signature is refused that is older than five minutes by the receiver's own clock
    clock.advance(Duration.between(clock.instant(), Instant.now()));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void standardwebhooks_verifies_what_arrives_with_either_key_of_a_rotation() throws Exception {
    watch(callback("elements", NEW + " " + OLD), Map.of());
    change();

    assertThat(taken(3)).containsExactlyInAnyOrder("CREATED 1", "UPDATED 2", "DELETED 3");
    assertThat(scene.events().get(0).status()).isEqualTo(EventStatus.DELIVERED);
  }

  @Test
  void standardwebhooks_refuses_what_is_signed_with_another_key() throws Exception {
    watch(callback("elements", NEW), Map.of());
    change();

    assertThat(taken(2)).containsOnly("refused: No matching signature found");
  }

  @Test
  void cloudevents_parses_what_arrives() throws Exception {
    watch(callback("cloudevents", OLD), Map.of());
    change();

    String source = " /instances/" + scene.instance() + "/customers ";
    assertThat(taken(3))
        .containsExactlyInAnyOrder(
            "watchpost.record.created 1" + source + "{\"id\":1,\"name\":\"Größe\"}",
            "watchpost.record.updated 2" + source + "{\"id\":2,\"name\":\"b\"}",
            "watchpost.record.deleted 3" + source + "{\"id\":\"3\"}");
  }

  private WatchRequest callback(String format, String key) {
    return new WatchRequest(
            source.url(),
            node.url(),
            "`url`:`/customers`,`idField`:`id`,`deletes`:`sweep`,`sweepConfirmations`:1")
        .set("event.notification.format", format)
        .set("event.notification.signature.key", key);
  }

  /** One record more, one other, one less. */
  private void change() {
    source.put("2", "{\"id\":2,\"name\":\"a\"}");
    source.put("3", "{\"id\":3}");
    assertThat(scene.polled()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    source.put("1", "{\"id\":1,\"name\":\"Größe\"}");
    source.put("2", "{\"id\":2,\"name\":\"b\"}");
    source.drop("3");
    assertThat(scene.polled()).hasSize(3);
  }

  private List<String> taken(int count) throws Exception {
    await().until(() -> node.taken().size() >= count);
    return node.taken();
  }
}
