package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator may do to a resource over the API. */
final class ResetAndReleaseTest extends Stage {
  private static final int RECORDS = 60;
  private static final int MISSING = 20;

  private Api api;

  @BeforeEach
  void start() throws Exception {
    IntStream.range(0, RECORDS).forEach(id -> put(id, 1));
    watch("`url`:`/customers`,`idField`:`id`,`deletes`:`sweep`");
    api = scene.api();
    assertThat(polled()).isEmpty();
  }

  @Test
  void reset_makes_the_next_poll_the_first_and_no_event_id_comes_twice() throws Exception {
    put(7, 2);
    assertThat(polled()).containsExactly("UPDATED 7");

    JsonNode state = operate("reset");

    assertThat(state.path("cursor").isNull()).isTrue();
    assertThat(state.path("startFrom").asText()).isEqualTo(clock.instant().toString());
    put(7, 3);
    assertThat(polled()).as("the first poll remembers silently").isEmpty();
    put(7, 4);
    assertThat(polled()).containsExactly("UPDATED 7");
    assertThat(scene.events())
        .extracting(stored -> stored.event().sequence())
        .containsExactly(2L, 1L);
  }

  @Test
  void deletes_held_by_the_sweep_limit_are_told_and_entered_once_released() throws Exception {
    IntStream.range(0, MISSING).forEach(id -> source.drop("" + id));
    polled();
    put(50, 2);
    assertThat(polled()).as("other events go on").containsExactly("UPDATED 50");
    assertThat(api.get("/instances/event-poller-records").get(0).path("heldDeletes").asInt())
        .isEqualTo(MISSING);
    assertThat(polled()).isEmpty();

    assertThat(operate("release").path("heldDeletes").asInt()).isZero();

    assertThat(scene.entered()).hasSize(MISSING).allMatch(event -> event.startsWith("DELETED "));
    operate("release");
    assertThat(polled()).isEmpty();
  }

  @Test
  void held_deletes_are_forgotten_where_the_next_sweep_shows_the_records_again() throws Exception {
    IntStream.range(0, MISSING).forEach(id -> source.drop("" + id));
    polled();
    polled();
    assertThat(scene.state().heldDeletes()).isEqualTo(MISSING);

    IntStream.range(0, MISSING).forEach(id -> put(id, 1));

    assertThat(polled()).isEmpty();
    assertThat(scene.state().heldDeletes()).isZero();
    operate("release");
    assertThat(scene.entered()).isEmpty();
  }

  @Test
  void release_of_a_resource_that_does_not_sweep_enters_nothing() throws Exception {
    scene.set(
        "event.poller.configuration",
        request("`url`:`/customers`,`idField`:`id`").pollerConfiguration());

    assertThat(operate("release").path("heldDeletes").asInt()).isZero();
    assertThat(scene.entered()).isEmpty();
  }

  private JsonNode operate(String verb) throws Exception {
    return api.send(
        "POST", "/instances/%d/polls/customers/%s".formatted(scene.instance(), verb), null);
  }

  private void put(int id, int version) {
    source.put("" + id, "{\"id\":%d,\"version\":%d}".formatted(id, version));
  }
}
