package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source with ETags whose full listing is a sweep. */
final class NotModifiedTest extends Stage {
  private final List<Integer> statuses = new ArrayList<>();
  private volatile boolean broken;

  @BeforeEach
  void start() throws Exception {
    answers = this::answer;
    for (String id : List.of("a", "b", "c")) {
      put(id, 1);
    }
    watch("`url`:`/customers`,`idField`:`id`,`deletes`:`sweep`");
    assertThat(polled()).isEmpty();
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
