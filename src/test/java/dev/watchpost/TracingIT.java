package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Traces go to a collector over OTLP where they are switched on, and callbacks carry them on. */
class TracingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String RESOURCE =
      "things: {url: /things, idField: id, startFrom: beginning}";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final List<String> exported = new CopyOnWriteArrayList<>();
  private final List<String> parents = new CopyOnWriteArrayList<>();

  private void serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/v1/traces" ->
          request.body(
              body -> {
                exported.add(body.result().toString(StandardCharsets.ISO_8859_1));
                request.response().putHeader("Content-Type", "application/x-protobuf").end();
              });
      case "/hook" -> {
        parents.add("" + request.getHeader("traceparent"));
        request.response().end();
      }
      default -> request.response().end("[{\"id\":1}]");
    }
  }

  @Test
  void traces_of_polls_and_deliveries_are_exported_and_callbacks_carry_their_trace()
      throws Exception {
    try (LoopbackServer server = new LoopbackServer(this::serve);
        PackagedWatchpost program =
            new PackagedWatchpost(
                directory,
                Map.of(
                    "camel.opentelemetry2.enabled", "true",
                    "otel.service.name", "watchpost-of-the-test",
                    "otel.exporter.otlp.endpoint", server.url(),
                    "otel.bsp.schedule.delay", "200"))) {
      program.watch("traced", server.url(), server.url() + "/hook", 0.0167, RESOURCE);
      program.start();
      await().atMost(PATIENCE).until(() -> !parents.isEmpty());
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  all().contains("watchpost-of-the-test")
                      && all().contains("watchpost-callback")
                      && all().contains("watchpost-source"));
      assertThat(parents.get(0)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
      program.terminate();
      program.awaitEnd(Duration.ofSeconds(10));
      assertThat(program.everPrinted(".* (WARN|ERROR) .*")).isEmpty();
    }
  }

  private String all() {
    return String.join("", exported);
  }
}
