package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.poll.PollReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bad records among good ones. */
final class QuarantineTest extends Stage {

  @Test
  void records_without_id_or_with_an_unreadable_date_are_quarantined_and_told_while_others_go_on()
      throws Exception {
    watch(
        "`url`:`/customers`,`idField`:`id`,`datesConfiguration`:{`updatedDateField`:`updated_at`,`updatedDateFormat`:`yyyy-MM-dd'T'HH:mm:ss'Z'`}");
    Api api = scene.api();
    assertThat(scene.polled()).isEmpty();
    clock.advance(Duration.ofMinutes(15));
    source.put("good", "{\"id\":\"good\",\"updated_at\":\"2026-03-01T10:10:00Z\"}");
    source.put("no id", "{\"name\":\"nobody\",\"updated_at\":\"2026-03-01T10:10:00Z\"}");
    source.put("bad date", "{\"id\":\"bad date\",\"updated_at\":\"yesterday\"}");
    source.put("no object", "42");
    source.put("fine", "{\"id\":\"fine\",\"updated_at\":\"2026-03-01T10:11:00Z\"}");

    PollReport report = scene.poll();

    assertThat(report.error()).isNull();
    assertThat(report.quarantined()).isEqualTo(3);
    assertThat(scene.entered()).containsExactlyInAnyOrder("CREATED good", "CREATED fine");
    assertThat(scene.state().cursor()).isEqualTo(clock.instant());
    JsonNode quarantined = api.get("/instances/event-poller-records").get(0).path("quarantined");
    assertThat(quarantined.path("count").asInt()).isEqualTo(3);
    assertThat(quarantined.path("newest").findValuesAsText("reason"))
        .anyMatch(reason -> reason.contains("id"))
        .anyMatch(reason -> reason.contains("\"yesterday\" is no date as yyyy-MM-dd'T'HH:mm:ss'Z'"))
        .anyMatch(reason -> reason.contains("object"));

    clock.advance(Duration.ofMinutes(15));
    source.put("bad date", "{\"id\":\"bad date\",\"updated_at\":\"2026-03-01T10:20:00Z\"}");
    source.drop("no object");
    assertThat(scene.polled()).containsExactly("CREATED bad date");
    assertThat(
            api.get("/instances/event-poller-records")
                .get(0)
                .path("quarantined")
                .findValuesAsText("objectId"))
        .doesNotContain("bad date");
  }
}
