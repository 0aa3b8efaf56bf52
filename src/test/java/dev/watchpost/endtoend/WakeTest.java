package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is due goes out at once: here the timer that looks for it ticks once an hour. */
final class WakeTest extends Stage {

  @Test
  void commit_of_a_poll_and_a_redelivery_wait_for_no_tick() throws Exception {
    watch(
        request("`url`:`/customers`,`idField`:`id`"),
        Map.of(TestWatchpost.DELIVERY_TICK, "3600000"));
    Api api = scene.api();
    assertThat(scene.polled()).isEmpty();
    source.put("a", "{\"id\":\"a\"}");

    assertThat(polled()).containsExactly("CREATED a");
    awaitReceived(1);

    String event = scene.events().get(0).event().eventId();
    await().until(() -> scene.watchpost().outbox().undelivered(scene.instance()) == 0);
    String instance = "/instances/" + scene.instance();
    api.send("PUT", instance + "/events/" + event + "/redeliver", null);
    awaitReceived(2);
    await().until(() -> scene.watchpost().outbox().undelivered(scene.instance()) == 0);
    assertThat(api.send("PUT", instance + "/events/redeliver?status=DELIVERED", null).toString())
        .isEqualTo("{\"notifications\":1}");
    awaitReceived(3);
  }

  @Test
  void instance_that_is_enabled_again_waits_for_no_tick() throws Exception {
    watch(
        request("`url`:`/customers`,`idField`:`id`"),
        Map.of(TestWatchpost.DELIVERY_TICK, "3600000"));
    Api api = scene.api();
    assertThat(scene.polled()).isEmpty();
    source.put("a", "{\"id\":\"a\"}");
    receiver.answers(Receiver.status(410));
    assertThat(polled()).containsExactly("CREATED a");
    await().until(() -> scene.watchpost().outbox().endpoint(scene.instance()).isPresent());
    receiver.answers(Receiver.status(200));

    api.send("PUT", "/instances/" + scene.instance() + "/enabled", null);

    awaitReceived(2);
  }

  private void awaitReceived(int count) {
    await().until(() -> receiver.received().size() == count);
  }
}
