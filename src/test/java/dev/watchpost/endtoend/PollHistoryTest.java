package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.LoopbackServer;
import dev.watchpost.TestDatabase;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A poll as its answer, the log and the history tell it, by the program's own clock. */
final class PollHistoryTest {
  private static final String TWO_LISTS =
      "the answer has records under \\\"a\\\" and \\\"b\\\": set recordsPath to one of them";

  @ParameterizedTest
  @CsvSource({"H2, true", "H2, false", "POSTGRESQL, true", "POSTGRESQL, false"})
  void poll_has_one_number_and_one_start_wherever_it_is_told(TestDatabase kind, boolean fails)
      throws Exception {
    String answer = fails ? "{\"a\":[{\"id\":1}],\"b\":[{\"id\":2}]}" : "[{\"id\":1}]";
    try (LoopbackServer source = new LoopbackServer(request -> request.response().end(answer));
        CapturedLog log = new CapturedLog();
        Scene scene =
            Scene.of(
                kind,
                new WatchRequest(source.url(), source.url(), "`url`:`/customers`,`idField`:`id`"),
                Clock.systemUTC(),
                Map.of())) {
      Api api = scene.api();
      String instance = "/instances/" + scene.instance();

      JsonNode polled = api.send("POST", instance + "/poll", null).path(0);
      JsonNode told = api.get(instance + "/polls").path(0);

      assertThat(polled.path("id").asLong()).isPositive().isEqualTo(told.path("id").asLong());
      String start = told.path("startedDate").asText();
      assertThat(polled.path("startedDate").asText()).isEqualTo(start);
      assertThat(log.text().lines().filter(line -> line.contains(" poll instance=")))
          .singleElement()
          .asString()
          .contains(" started=" + start + " ")
          .endsWith(fails ? " error=\"" + TWO_LISTS + "\"" : " outcome=success");
    }
  }
}
