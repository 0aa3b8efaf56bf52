package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import dev.watchpost.instance.Instance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A configuration of SAP Open Connectors, moved unchanged, against a server that plays it. */
final class WatchingOpenConnectorsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String REQUEST =
      """
      { "element": {"key": "openconnectors"}, "name": "Accounts",
        "configuration": {
          "base.url": "%s/elements/api-v2",
          "openconnectors.user": "user+/=", "openconnectors.organization": "organization",
          "openconnectors.element": "element+/=",
          "event.notification.enabled": "true",
          "event.notification.callback.url": "%s",
          "event.poller.refresh_interval": "500000",
          "event.poller.configuration": "{\\"accounts\\":{\\"url\\":\\"/hubs/crm/accounts?where=ChangedOn>='${date:yyyy-MM-dd'T'HH:mm:ss'Z'}\\",\\"idField\\":\\"id\\",\\"datesConfiguration\\":{\\"updatedDateField\\":\\"ChangedOn\\",\\"updatedDateFormat\\":\\"yyyy-MM-dd'T'HH:mm:ss'Z'\\",\\"updatedDateTimezone\\":\\"GMT\\",\\"createdDateField\\":\\"CreatedOn\\",\\"createdDateFormat\\":\\"yyyy-MM-dd'T'HH:mm:ss'Z'\\",\\"createdDateTimezone\\":\\"GMT\\"}}}" } }
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final SettableClock clock = new SettableClock(NOON);
  private final Receiver receiver = new Receiver();
  private HttpServer connectors;

  @BeforeEach
  void start() throws Exception {
    connectors = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    connectors.createContext("/", this::answer);
    connectors.start();
  }

  @AfterEach
  void stop() {
    connectors.stop(0);
    receiver.close();
  }

  /** Two pages of one account each. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      asked.add(target + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      boolean second = target.contains("nextPage=");
      if (!second) {
        exchange.getResponseHeaders().set("elements-next-page-token", "eyJ+/=");
      }
      String body =
          "[{\"id\":\"%s\",\"CreatedOn\":\"%2$s\",\"ChangedOn\":\"%2$s\"}]"
              .formatted(second ? "b" : "a", NOON.plusSeconds(30));
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void its_own_urls_go_to_it_untouched_and_all_pages_are_read() throws Exception {
    String url = "http://127.0.0.1:" + connectors.getAddress().getPort();
    JsonNode request = new ObjectMapper().readTree(REQUEST.formatted(url, receiver.url()));
    String database = TestDatabase.H2.freshUrl();
    Instance instance = TestWatchpost.watched(database, clock, request);
    clock.set(NOON.plusSeconds(60));

    try (TestWatchpost running = new TestWatchpost(database, clock, Map.of()).start()) {
      var report = running.watchpost().polls().pollNow(instance.id(), "accounts", false).get(0);

      assertThat(report.error()).isNull();
      assertThat(report.created()).isEqualTo(2);
      String target =
          "/elements/api-v2/hubs/crm/accounts?where=ChangedOn%3E=%272026-03-01T12:00:00Z";
      String authorization = " User user+/=, Organization organization, Element element+/=";
      assertThat(asked)
          .containsExactly(
              target + authorization, target + "&nextPage=eyJ%2B%2F%3D" + authorization);
      assertThat(report.requests().get(0).headers())
          .contains("Authorization: User ********, Organization ********, Element ********");
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(Heard.events(receiver.received()))
                      .containsExactlyInAnyOrder("CREATED a", "CREATED b"));
    }
  }
}
