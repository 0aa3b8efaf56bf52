package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.callback.Receiver;
import dev.watchpost.poll.ResourceState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a resource whose instance is edited between two polls. */
final class EditedInstanceTest extends Stage {
  private static final String DATES =
      "`datesConfiguration`:{`updatedDateField`:`updated_at`,`createdDateField`:`created_at`}";
  private static final String WATCHED = "`url`:`/customers`,`idField`:`id`," + DATES;

  @BeforeEach
  void start() throws Exception {
    List.of("a", "b", "c").forEach(id -> put(id, 1));
    clock.advance(Duration.ofDays(1));
    watch(WATCHED);
    assertThat(polled()).isEmpty();
    put("a", 2);
    assertThat(polled()).containsExactly("UPDATED a");
  }

  @Test
  void new_url_interval_and_callback_never_reset_a_cursor() throws Exception {
    ResourceState before = scene.state();
    try (Receiver other = new Receiver()) {
      rewatch(WATCHED.replace("/customers", "/customers?archived=false"));
      scene.set("event.notification.callback.url", other.url());
      scene.set("event.poller.refresh_interval", "400000");

      assertThat(scene.state().cursor()).isEqualTo(before.cursor());
      assertThat(scene.state().startFrom()).isEqualTo(before.startFrom());
      put("b", 2);
      assertThat(polledOnceRoutesAreMended()).containsExactly("UPDATED b");
      assertThat(source.targets().get(source.targets().size() - 1))
          .isEqualTo("/customers?archived=false");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Heard.events(other.received()).contains("UPDATED b"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "idField; `url`:`/customers`,`idField`:`number`,DATES; UPDATED 97",
        "date field; `url`:`/customers`,`idField`:`id`,`datesConfiguration`:{`updatedDateField`:`seen_at`}; UPDATED a",
        "no dates; `url`:`/customers`,`idField`:`id`; UPDATED a",
        "detectBy; `url`:`/customers`,`idField`:`id`,`detectBy`:`both`,DATES; UPDATED a",
        "ignoreFields; `url`:`/customers`,`idField`:`id`,`ignoreFields`:[`name`],DATES; UPDATED a"
      })
  void what_the_ledger_depends_on_takes_a_silent_new_baseline(
      String what, String resource, String expected) {
    rewatch(resource.replace("DATES", DATES));
    put("b", 2);

    assertThat(polled()).as("the baseline").isEmpty();
    assertThat(polled()).isEmpty();
    put("a", 3);
    assertThat(polled()).containsExactly(expected);
  }

  @Test
  void record_that_was_marked_deleted_before_anyone_looked_at_the_mark_is_deleted_once() {
    put("c", 2, ",\"archived\":true");
    assertThat(polled()).containsExactly("UPDATED c");
    rewatch(WATCHED + ",`deletes`:{`deletedField`:`archived`}");

    assertThat(polled()).containsExactly("DELETED c");
    assertThat(polled()).isEmpty();
  }

  /** A new interval replaces the route. */
  private List<String> polledOnceRoutesAreMended() {
    clock.advance(Duration.ofMinutes(15));
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(IllegalStateException.class)
        .until(() -> scene.poll().error() == null);
    return scene.entered();
  }

  private void rewatch(String resource) {
    scene.set("event.poller.configuration", request(resource).pollerConfiguration());
  }

  private void put(String id, int version) {
    put(id, version, "");
  }

  /** Edited now; {@code number} identifies it as well. */
  private void put(String id, int version, String more) {
    source.put(
        id,
        "{\"id\":\"%s\",\"number\":%d,\"name\":\"%s\",\"version\":%d,\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"%s\",\"seen_at\":\"%s\"%s}"
            .formatted(
                id, (int) id.charAt(0), id, version, clock.instant(), clock.instant(), more));
  }
}
