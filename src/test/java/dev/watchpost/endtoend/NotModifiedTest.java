package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.callback.Receiver;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source with ETags whose full listing is a sweep. */
final class NotModifiedTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Receiver receiver = new Receiver();
  private final Source source = new Source(clock, this::answer);
  private final List<Integer> statuses = new ArrayList<>();
  private volatile boolean broken;
  private Scene scene;

  @BeforeEach
  void start() throws Exception {
    for (String id : List.of("a", "b", "c")) {
      put(id, 1);
    }
    scene =
        Scene.of(
            new WatchRequest(
                source.url(),
                receiver.url(),
                "`url`:`/customers`,`idField`:`id`,`deletes`:`sweep`"),
            clock);
    assertThat(polled()).isEmpty();
  }

  @AfterEach
  void stop() {
    scene.close();
    source.close();
    receiver.close();
  }

  @Test
  void not_modified_says_that_all_is_as_it_was_and_confirms_what_the_sweep_before_missed() {
    assertThat(polled()).isEmpty();
    source.drop("c");
    assertThat(polled()).isEmpty();
    assertThat(polled()).containsExactly("DELETED c");
    assertThat(polled()).isEmpty();
    put("c", 1);
    put("a", 2);
    assertThat(polled()).containsExactlyInAnyOrder("UPDATED a", "CREATED c");
    assertThat(polled()).isEmpty();
    assertThat(statuses).containsExactly(200, 304, 200, 304, 304, 200, 304);
  }

  @Test
  void failed_poll_between_confirms_nothing_and_loses_no_etag() {
    source.drop("c");
    assertThat(polled()).isEmpty();
    broken = true;
    assertThat(scene.poll().error()).isNotNull();
    broken = false;
    assertThat(scene.entered()).isEmpty();
    assertThat(polled()).containsExactly("DELETED c");
    assertThat(statuses).containsExactly(200, 200, 500, 304);
  }

  private List<String> polled() {
    clock.advance(Duration.ofMinutes(15));
    return scene.polled();
  }

  private void put(String id, int version) {
    source.put(id, "{\"id\":\"%s\",\"version\":%d}".formatted(id, version));
  }

  private void answer(Source api, HttpServerRequest request) {
    String etag = "\"" + api.records().hashCode() + "\"";
    if (broken) {
      statuses.add(500);
      request.response().setStatusCode(500).end();
    } else if (etag.equals(request.getHeader("If-None-Match"))) {
      statuses.add(304);
      request.response().setStatusCode(304).end();
    } else {
      statuses.add(200);
      request.response().putHeader("ETag", etag);
      Source.list(request, api.records());
    }
  }
}
