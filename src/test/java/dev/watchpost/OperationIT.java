package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program shows those who operate it. */
class OperationIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RECORDS = 25;
  private static final String RESOURCES =
      """
      things: {url: /things, idField: id, startFrom: beginning}
      broken: {url: /broken, idField: id}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Inbox inbox = new Inbox(() -> 200);
  private LoopbackServer source;
  private EventReceiver receiver;
  private PackagedWatchpost program;

  @BeforeEach
  void start() throws Exception {
    source =
        new LoopbackServer(
            request -> {
              boolean broken = request.path().equals("/broken");
              request
                  .response()
                  .setStatusCode(broken ? 500 : 200)
                  .putHeader("Content-Type", "application/json")
                  .end(broken ? "" : things());
            });
    receiver = new EventReceiver(() -> {});
    receiver.into(inbox);
    program = new PackagedWatchpost(directory, Map.of("watchpost.poll.failure-limit", "1"));
    program.watch("operation", source.url(), receiver.url(), 0.0167, RESOURCES);
    program.start();
    await().atMost(PATIENCE).until(() -> inbox.size() == RECORDS);
  }

  @AfterEach
  void stop() {
    program.close();
    receiver.close();
    source.close();
  }

  private static String things() {
    StringBuilder things = new StringBuilder("[");
    for (int id = 1; id <= RECORDS; id++) {
      things.append(id == 1 ? "" : ",").append("{\"id\":%d}".formatted(id));
    }
    return things.append("]").toString();
  }

  @Test
  void metrics_count_what_happened_and_the_dashboard_asks_for_them_alone() throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> scrape().value("watchpost_resources{state=\"paused\"}") == 1);
    Scrape metrics = scrape();
    assertThat(metrics.value("watchpost_events_total{type=\"created\"}")).isEqualTo(RECORDS);
    assertThat(metrics.value("watchpost_events_total{type=\"deleted\"}")).isZero();
    assertThat(metrics.value("watchpost_event_entry_age_seconds_count{}")).isEqualTo(RECORDS);
    assertThat(metrics.value("watchpost_event_delivery_age_seconds_count{}")).isEqualTo(RECORDS);
    assertThat(metrics.value("watchpost_delivery_attempts_total{outcome=\"accepted\"}"))
        .isEqualTo(3);
    assertThat(metrics.value("watchpost_delivery_duration_seconds_count{outcome=\"accepted\"}"))
        .isEqualTo(3);
    assertThat(metrics.value("watchpost_polls_total{outcome=\"failed\"}")).isEqualTo(1);
    double polls = metrics.value("watchpost_polls_total{outcome=\"success\"}");
    assertThat(polls).isPositive();
    assertThat(metrics.value("watchpost_records_total{}")).isEqualTo(RECORDS * polls);
    assertThat(metrics.value("watchpost_poll_duration_seconds_count{outcome=\"success\"}"))
        .isEqualTo(polls);
    assertThat(metrics.value("watchpost_outbox_events{state=\"pending\"}")).isZero();
    assertThat(metrics.value("watchpost_resources{state=\"ok\"}")).isEqualTo(1);
    assertThat(
            metrics.value("watchpost_resource_lag_seconds{instance_id=\"1\",resource=\"things\"}"))
        .isLessThan(30);
    assertThat(metrics.series("watchpost_resource_lag_seconds")).isEqualTo(2);

    assertThat(program.managed("/observe/metrics").body().lines())
        .filteredOn(series -> series.contains("things") || series.contains("broken"))
        .as("series of a single resource")
        .hasSize(2)
        .allMatch(series -> series.startsWith("watchpost_resource_lag_seconds{"));

    for (Dashboard.Use use : Dashboard.uses(Path.of("docs", "grafana-dashboard.json"))) {
      assertThat(metrics.names()).as(use.query()).contains(use.metric());
      assertThat(metrics.labels(use.metric())).as(use.query()).containsAll(use.labels());
    }
    String documented = Files.readString(Path.of("docs", "operation.md"));
    assertThat(Pattern.compile("watchpost_\\w+").matcher(documented).results())
        .map(MatchResult::group)
        .allMatch(
            name -> metrics.names().contains(name) || metrics.names().contains(name + "_bucket"));
    assertThat(program.printed("delivery instance=1 resource=things notification="))
        .hasSize(3)
        .allMatch(line -> line.matches(".* message=msg_\\w+ events=\\d+ attempt=1 status=200 .*"));
    assertThat(program.printed("poll instance=1 resource=broken started="))
        .singleElement()
        .asString()
        .matches(".* window=\\S+ pages=0 .* outcome=failed error=\".*500.*\"");
  }

  @Test
  void start_polls_and_deliveries_print_their_own_sentences_alone() throws Exception {
    await().atMost(PATIENCE).until(() -> program.printed(" delivery instance=1 ").size() == 3);
    assertThat(program.everPrinted(".*"))
        .allMatch(
            line ->
                line.matches(
                    "life 1: (First start\\. |  Authorization: |\\S+Z (INFO|WARN) +(w|d\\.w)\\.).*"));
  }

  @Test
  void resource_without_progress_is_down_and_the_process_stays_ready_and_live() throws Exception {
    await().atMost(PATIENCE).until(() -> program.managed("/observe/health").statusCode() == 503);
    JsonNode down = json(program.managed("/observe/health")).path("checks");
    assertThat(down).hasSize(1);
    assertThat(down.path(0).path("name").asText()).isEqualTo("resource:1/broken");
    assertThat(down.path(0).path("status").asText()).isEqualTo("DOWN");
    assertThat(down.path(0).path("message").asText())
        .startsWith("paused after too many failures, ")
        .contains("500");
    for (String probe : new String[] {"ready", "live"}) {
      HttpResponse<String> answer = program.managed("/observe/health/" + probe);
      assertThat(answer.statusCode()).as(probe).isEqualTo(200);
      assertThat(json(answer).path("status").asText()).isEqualTo("UP");
    }
    JsonNode things = check("resource:1/things");
    assertThat(things.path("status").asText()).isEqualTo("UP");
    assertThat(things.path("data").path("lag.seconds").asLong(-1)).isBetween(0L, 30L);
    assertThat(Instant.parse(things.path("data").path("last.success").asText()))
        .isAfter(Instant.now().minusSeconds(60));
  }

  private JsonNode check(String name) throws Exception {
    String all = "/observe/health?exposureLevel=full&data=true";
    for (JsonNode check : json(program.managed(all)).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name);
  }

  private Scrape scrape() throws Exception {
    return new Scrape(program.managed("/observe/metrics").body());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
