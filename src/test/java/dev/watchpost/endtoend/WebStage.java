package dev.watchpost.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.watchpost.Chromium;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Watchpost that polls and delivers, with its web page open in Chromium, for the tests of a
 * class; a source and a receiver for each test. What the browser complains of fails the test.
 */
abstract class WebStage {
  private static final double PATIENCE_MILLIS = 15_000;

  static Chromium chromium;
  static Api api;
  private static TestWatchpost watchpost;
  @TempDir private static Path routes;

  final Receiver receiver = new Receiver();

  /** Then the source answers 500. */
  volatile boolean broken;

  final Source source =
      new Source(
          Clock.systemUTC(),
          (api, request) -> {
            if (broken) {
              request.response().setStatusCode(500).end("{\"error\":\"down for repairs\"}");
            } else {
              Source.list(request, api.records());
            }
          });
  Visitor visitor;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.start();
    Files.writeString(routes.resolve("quiet.instance.yaml"), "{element: rest, name: From a file}");
    watchpost =
        new TestWatchpost(
                TestDatabase.H2.freshUrl(),
                Clock.systemUTC(),
                Map.of("watchpost.routes.directory", routes.toString()))
            .start();
    api = Api.of(watchpost.context(), watchpost.watchpost());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
    if (watchpost != null) {
      watchpost.close();
    }
  }

  @BeforeEach
  final void visit() {
    source.put("1", record("1", "Ada"));
    visitor = new Visitor(chromium, api.url(), Visitor.WIDE, ColorScheme.LIGHT);
  }

  @AfterEach
  final void leave() throws Exception {
    visitor.close();
    for (JsonNode instance : api.get("/instances")) {
      if (!instance.has("file")) {
        api.call("DELETE", "/instances/" + instance.path("id"), null);
      }
    }
    source.close();
    receiver.close();
    assertThat(visitor.complaints()).isEmpty();
    assertThat(visitor.requests()).allMatch(url -> url.startsWith(api.url() + "/"));
  }

  static String record(String id, String name) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return "{\"id\":\"%s\",\"name\":\"%s\",\"updated_at\":\"%s\",\"created_at\":\"%s\"}"
        .formatted(id, name, now, now);
  }

  /** A resource {@code customers} is polled only when the test says so. */
  final long create(String name) throws Exception {
    return create(
        name,
        "`url`:`/customers?since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}`,`idField`:`id`,"
            + "`datesConfiguration`:{`updatedDateField`:`updated_at`,`createdDateField`:`created_at`}");
  }

  final long create(String name, String resource) throws Exception {
    String request =
        new WatchRequest(source.url(), receiver.url(), resource)
            .json()
            .put("name", name)
            .toString();
    long id = api.send("POST", "/instances", request).path("id").asLong();
    await().until(() -> polls(id) > 0);
    poll(id);
    return id;
  }

  private int polls(long id) throws Exception {
    return api.get("/instances/" + id + "/polls").size();
  }

  /** As soon as no other poll is under way: one is in the history before it has ended. */
  final void poll(long id) {
    await().until(() -> api.call("POST", "/instances/" + id + "/poll", "").statusCode() == 200);
  }
}
