package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM while a source and a callback take three seconds to answer, and others do not answer at
 * all: what can be finished is finished, the rest is handed back, and the process ends within 10 s.
 */
class StopIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration AT_MOST = Duration.ofSeconds(10);
  private static final long SLOW_MILLIS = 3_000;
  private static final String RESOURCES =
      """
      quick: {url: /quick, idField: id, startFrom: beginning}
      %1$s: {url: /%1$s, idField: id, startFrom: beginning}
      """;

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  private Path directory;

  private final Vertx timer = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final LoopbackServer server = new LoopbackServer(this::serve);
  private PackagedWatchpost program;

  private void serve(HttpServerRequest request) {
    String id = request.getHeader("webhook-id");
    asked.add(request.path() + (id == null ? "" : " " + id));
    if (request.path().endsWith("/quick")) {
      request.response().end("[{\"id\":1}]");
    } else if (request.path().endsWith("/slow")) {
      timer.setTimer(SLOW_MILLIS, late -> request.response().end("[{\"id\":2}]"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    program = new PackagedWatchpost(directory, Map.of());
    for (String kind : List.of("slow", "silent")) {
      program.watch(
          kind, server.url(), server.url() + "/hook/" + kind, 60, RESOURCES.formatted(kind));
    }
    program.start();
    await()
        .atMost(PATIENCE)
        .until(() -> has("/slow") && has("/silent") && has("/hook/slow") && has("/hook/silent"));
  }

  @AfterEach
  void stop() {
    program.close();
    server.close();
    timer.close();
  }

  private boolean has(String path) {
    return !asked(path).isEmpty();
  }

  private List<String> asked(String path) {
    return asked.stream().filter(line -> line.split(" ")[0].equals(path)).toList();
  }

  @Test
  void what_is_in_flight_is_finished_or_handed_back_within_ten_seconds() throws Exception {
    long began = System.nanoTime();
    program.terminate();
    int exit = program.awaitEnd(AT_MOST);
    System.out.printf("stopped in %d ms%n", (System.nanoTime() - began) / 1_000_000);
    assertThat(exit).isEqualTo(143);
    assertThat(program.everPrinted(".* ERROR .*|.*ShutdownStrategy.*|\\s+at .*")).isEmpty();
    assertThat(program.printed(" resource=silent handed back, the process stops")).hasSize(1);
    assertThat(program.printed("delivery instance=" + instance("silent")))
        .singleElement()
        .asString()
        .contains(" outcome=unreachable result=Waiting ");
    assertThat(program.printed("delivery instance=" + instance("slow")))
        .singleElement()
        .asString()
        .contains(" attempt=1 status=200 outcome=accepted ");
    assertThat(program.printed(" resource=slow "))
        .singleElement()
        .asString()
        .contains(" created=1 ");

    List<String> before = List.copyOf(asked("/hook/silent"));
    asked.clear();
    program.start();
    await().atMost(PATIENCE).until(() -> has("/silent") && has("/hook/silent"));
    assertThat(asked("/hook/silent")).isEqualTo(before);
    assertThat(asked("/quick")).as("its next poll is an hour away").isEmpty();
    await().atMost(PATIENCE).until(() -> delivered() == 2);
    assertThat(asked("/hook/slow")).as("the event of the slow poll").hasSize(1);
  }

  private long instance(String kind) throws Exception {
    return program.everPrinted(".*routes/%s.instance.yaml is in use.*".formatted(kind)).stream()
        .map(line -> line.replaceAll(".*instance (\\d+).*", "$1"))
        .map(Long::valueOf)
        .findFirst()
        .orElseThrow();
  }

  private int delivered() throws Exception {
    JsonNode events =
        new ObjectMapper().readTree(program.get("/instances/events?status=delivered").body());
    return events.size();
  }
}
