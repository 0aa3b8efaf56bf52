package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.watchpost.JsonServer;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import dev.watchpost.poll.ResourceState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The main job on an API written by others: what is changed through json-server's own REST API
 * arrives at a callback. Watchpost polls by itself, by the clock on the wall.
 */
final class WatchingJsonServerTest {
  private static final String KEY = "a secret of mine";
  private static final String CUSTOMERS =
      """
      {"customers": [
        {"id": 1, "name": "Ada", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
        {"id": 2, "name": "Grace", "created_at": "2026-02-01T00:00:00Z", "updated_at": "2026-02-01T00:00:00Z"},
        {"id": 3, "name": "Joan", "created_at": "2026-03-01T00:00:00Z", "updated_at": "2026-03-01T00:00:00Z"}]}
      """;
  private static final String DATES =
      """
      `idField`:`id`,`datesConfiguration`:{
        `updatedDateField`:`updated_at`,`updatedDateFormat`:`yyyy-MM-dd'T'HH:mm:ss'Z'`,`updatedDateTimezone`:`GMT`,
        `createdDateField`:`created_at`,`createdDateFormat`:`yyyy-MM-dd'T'HH:mm:ss'Z'`,`createdDateTimezone`:`GMT`},
      """;
  private static final String FILTERED_PAGED_AND_SWEPT =
      DATES
          + """
          `url`:`/customers?updated_at_gte=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}&_sort=id&_page=1&_limit=2`,
          `pagination`:{`type`:`link`},
          `deletes`:`sweep`,`sweepUrl`:`/customers?_sort=id&_page=1&_limit=2`,`sweepInterval`:`1s`
          """;
  private static final String WHOLE_AND_SWEPT = DATES + "`url`:`/customers`,`deletes`:`sweep`";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Receiver receiver = new Receiver();
  private JsonServer server;
  private TestWatchpost watchpost;
  private long instance;
  private int heard;

  @BeforeEach
  void start() throws Exception {
    JsonServer.require();
    server = JsonServer.serving(CUSTOMERS);
    watchpost = new TestWatchpost(TestDatabase.H2.freshUrl(), Clock.systemUTC(), Map.of()).start();
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
    if (server != null) {
      watchpost.close();
      server.close();
    }
  }

  @Test
  void every_change_of_a_filtered_paged_list_arrives_once_signed() throws Exception {
    watch(FILTERED_PAGED_AND_SWEPT);
    awaitMorePolls(1);

    for (String name : List.of("Mary", "Katherine", "Dorothy", "Annie", "Christine")) {
      create(name);
    }
    awaitEvents("CREATED 4", "CREATED 5", "CREATED 6", "CREATED 7", "CREATED 8");
    change(4, "Mary J");
    change(1, "Ada L");
    awaitEvents("UPDATED 4", "UPDATED 1");
    change(4, "Mary Jackson");
    delete(5);
    delete(2);
    awaitEvents("UPDATED 4", "DELETED 5", "DELETED 2");

    awaitMorePolls(3);
    assertThat(Heard.events(receiver.received()))
        .containsExactlyInAnyOrder(
            "CREATED 4",
            "CREATED 5",
            "CREATED 6",
            "CREATED 7",
            "CREATED 8",
            "UPDATED 4",
            "UPDATED 1",
            "UPDATED 4",
            "DELETED 5",
            "DELETED 2");
    assertThat(eventsOf("4")).containsExactly("CREATED 4", "UPDATED 4", "UPDATED 4");
    assertThat(nameLastHeardOf("4")).isEqualTo("Mary Jackson");
    assertThat(receiver.received()).allSatisfy(WatchingJsonServerTest::isSigned);
  }

  @Test
  void every_change_of_a_whole_list_arrives_once_where_304_confirms_the_sweep() throws Exception {
    watch(WHOLE_AND_SWEPT);
    awaitMorePolls(2);

    create("Mary");
    awaitEvents("CREATED 4");
    change(3, "Joan C");
    awaitEvents("UPDATED 3");
    delete(3);
    awaitEvents("DELETED 3");

    awaitMorePolls(3);
    assertThat(Heard.events(receiver.received()))
        .containsExactly("CREATED 4", "UPDATED 3", "DELETED 3");
    assertThat(state().etag()).isNotNull();
    assertThat(receiver.received()).allSatisfy(WatchingJsonServerTest::isSigned);
  }

  private void watch(String resource) {
    WatchRequest request =
        new WatchRequest(server.url(), receiver.url(), resource)
            .set("event.notification.signature.key", KEY)
            .set("event.poller.refresh_interval", "0.017");
    instance = watchpost.watchpost().instances().create(request.json(), null).instance().id();
  }

  private ResourceState state() {
    return watchpost.watchpost().polls().states(instance).get(0);
  }

  private long polls() {
    List<ResourceState> states = watchpost.watchpost().polls().states(instance);
    return states.isEmpty() ? 0 : states.get(0).polls();
  }

  private void awaitMorePolls(int more) {
    long enough = polls() + more;
    await().atMost(Duration.ofSeconds(30)).until(() -> polls() >= enough);
  }

  /** These and no others since the last time, in any order. */
  private void awaitEvents(String... expected) {
    int before = heard;
    heard += expected.length;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<String> events = Heard.events(receiver.received());
              assertThat(events.subList(Math.min(before, events.size()), events.size()))
                  .containsExactlyInAnyOrder(expected);
            });
  }

  private List<String> eventsOf(String id) {
    return Heard.events(receiver.received()).stream()
        .filter(event -> event.endsWith(" " + id))
        .toList();
  }

  private String nameLastHeardOf(String id) {
    return receiver.received().stream()
        .flatMap(got -> StreamSupport.stream(records(got).spliterator(), false))
        .filter(record -> record.path("id").asText().equals(id))
        .reduce((first, second) -> second)
        .map(record -> record.path("name").asText())
        .orElseThrow();
  }

  private static JsonNode records(Receiver.Received got) {
    return Heard.message(got).path("raw").path(WatchRequest.RESOURCE);
  }

  private void create(String name) throws Exception {
    String now = now();
    call(
        "POST",
        "/customers",
        "{\"name\": \"%s\", \"created_at\": \"%s\", \"updated_at\": \"%s\"}"
            .formatted(name, now, now));
  }

  private void change(int id, String name) throws Exception {
    call(
        "PATCH",
        "/customers/" + id,
        "{\"name\": \"%s\", \"updated_at\": \"%s\"}".formatted(name, now()));
  }

  private void delete(int id) throws Exception {
    call("DELETE", "/customers/" + id, "");
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isBetween(200, 201);
  }

  /** With the library of Standard Webhooks, and by hand as Cloud Elements signs. */
  private static void isSigned(Receiver.Received received) throws Exception {
    byte[] body = received.body().getBytes(StandardCharsets.UTF_8);
    HttpHeaders headers =
        HttpHeaders.of(
            received.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
            (name, value) -> true);
    new Webhook(KEY.getBytes(StandardCharsets.UTF_8)).verify(received.body(), headers);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(received.headers().get("Elements-Webhook-Signature"))
        .isEqualTo("sha256=" + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    String id = Heard.message(received).path("eventId").asText();
    assertThat(received.headers())
        .containsEntry("Elements-Webhook-Id", id)
        .containsEntry("webhook-id", id);
  }
}
