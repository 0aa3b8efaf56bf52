package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many requests with something wrong in them, over all operations of {@code /openapi.json}: {@code
 * -Dfuzz=} how many, {@code -Dfuzz.seed=} others. They come from nobody and from one organization,
 * {@code mallory}; the instances of the other, {@code victim}, are named in them and must neither
 * show nor change.
 */
class FuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUESTS = Integer.getInteger("fuzz", 1_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_125L);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BATCH = 50;
  private static final String MARKER = "victims-only";
  private static final String SECRET = "mallorys-source-secret";
  private static final String MALLORY =
      "User mallory-mallory-mall, Organization mallorys-organization";
  private static final String VICTIM =
      "User victim-victim-victim, Organization victims-organization";

  /** These ask someone else, who may not answer or be busy. */
  private static final Set<String> ASKING =
      Set.of(
          "pollNow",
          "readHub",
          "createInstance",
          "createInstanceOfElement",
          "replaceInstance",
          "replaceOwnInstance",
          "patchInstance",
          "patchOwnInstance",
          "patchSetting",
          "receiveWebhook",
          "receiveWebhookByGet",
          "receiveWebhookOfElement");

  @TempDir private Path directory;
  private final Source source = Source.ofRecords(Clock.systemUTC());
  private final Receiver receiver = new Receiver();
  private final Map<String, Integer> counts = new TreeMap<>();
  private long slowest;
  private TestWatchpost running;
  private Api victim;
  private Api mallory;
  private String token;

  @BeforeEach
  void start() throws Exception {
    Path tenants = directory.resolve("tenants.properties");
    Files.writeString(
        tenants,
        """
        mallory.organization = mallorys-organization
        mallory.user.m = mallory-mallory-mall
        victim.organization = victims-organization
        victim.user.v = victim-victim-victim
        """);
    source.put("1", "{\"id\":1,\"name\":\"" + MARKER + "-record\"}");
    running =
        new TestWatchpost(
            TestDatabase.H2.freshUrl(),
            Clock.systemUTC(),
            Map.of(
                "watchpost.api.tenants", tenants.toString(),
                "watchpost.api.failures-per-minute", "1000000",
                "watchpost.routes.directory", directory.toString()));
    Api us = Api.of(running.context(), running.watchpost());
    running.start();
    victim = us.as(VICTIM);
    mallory = us.as(MALLORY);
  }

  @AfterEach
  void stop() {
    running.close();
    source.close();
    receiver.close();
  }

  private String request(String name, String secret) {
    String resource = "`url`:`/" + name + "`,`idField`:`id`,`startFrom`:`beginning`";
    return new WatchRequest(source.url(), receiver.url(), resource)
        .set("authentication.token", secret)
        .set("event.vendor.type", "webhooks")
        .set("event.webhook.secret", "whsec_" + "c2VjcmV0".repeat(4))
        .json()
        .put("name", name)
        .set("tags", JSON.createArrayNode().add(name))
        .toString();
  }

  @Test
  void wild_requests_are_refused_and_neither_show_nor_change_what_is_anothers() throws Exception {
    System.out.printf("fuzz: %,d requests, seed %d%n", REQUESTS, SEED);
    for (int i = 0; i < 2; i++) {
      token = victim.send("POST", "/instances", request(MARKER, MARKER)).path("token").asText();
    }
    await().until(() -> victim.get("/instances/events?status=DELIVERED").size() == 2);
    source.drop("1");
    source.put("2", "{\"id\":2,\"name\":\"of anyone\"}");
    String before = state();

    SoftAssertions problems = new SoftAssertions();
    fuzz(problems);

    System.out.printf(
        "fuzz: answers by status %s, the slowest after %,d ms%n", counts, slowest / 1_000_000);
    problems.assertAll();
    assertThat(state()).isEqualTo(before);
    assertThat(counts.get("200")).as("some are right").isGreaterThan(REQUESTS / 20);
    stillWorks();
  }

  /** All that the victim sees of its own. */
  private String state() throws Exception {
    StringBuilder state = new StringBuilder(victim.get("/instances").toString());
    for (JsonNode event : victim.get("/instances/events")) {
      String path = "/instances/%s/events/%s";
      state.append(
          victim.get(
              path.formatted(event.path("instanceId").asText(), event.path("eventId").asText())));
    }
    return state.toString();
  }

  private void fuzz(SoftAssertions problems) throws Exception {
    List<ContractOperation> operations = ContractOperation.of(victim.get("/openapi.json"));
    WildRequests requests =
        new WildRequests(operations, SEED, credentials(), source.url(), receiver.url());
    for (int i = 0; i < REQUESTS; i++) {
      if (i % BATCH == 0) {
        requests.names(names());
      }
      RawRequest request = requests.next();
      long began = System.nanoTime();
      RawAnswer answer = RawAnswer.to(request, mallory.port(), PATIENCE);
      slowest = Math.max(slowest, System.nanoTime() - began);
      counts.merge(answer.status() == 0 ? "closed" : "" + answer.status(), 1, Integer::sum);
      String what = "request %d: %s%n%s".formatted(i, request, answer.body());
      problems.assertThatCode(() -> judge(what, request, answer)).doesNotThrowAnyException();
    }
  }

  /** Mostly right ones of mallory. */
  private List<String> credentials() {
    List<String> credentials = new ArrayList<>(Collections.nCopies(40, MALLORY));
    credentials.addAll(
        List.of(
            MALLORY + ", Element " + token,
            MALLORY + ", Element guessed",
            "User mallory-mallory-mall, Organization victims-organization",
            "User victim-victim-victim, Organization mallorys-organization",
            "User victim-victim-victim",
            "Element " + token,
            "Basic bWU6dXM=",
            "User , Organization ",
            ",,,",
            "User \u00e9, Organization \u00ff",
            "x".repeat(5_000),
            ""));
    return credentials;
  }

  /** Of both; what mallory has made is cut back to a few. */
  private WildRequests.Names names() throws Exception {
    JsonNode own = mallory.get("/instances?pageSize=2000");
    for (int i = 3; i < own.size(); i++) {
      mallory.call("DELETE", "/instances/" + own.get(i).path("id"), null);
    }
    for (int i = own.size(); i < 3; i++) {
      mallory.send("POST", "/instances", request("mallorys", SECRET));
    }
    List<String> ids = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (Api each : List.of(victim, mallory, mallory, mallory)) {
      ids.addAll(values(each.get("/instances"), "id"));
      events.addAll(values(each.get("/instances/events?pageSize=3"), "eventId"));
    }
    List<String> tokens =
        values(mallory.get("/instances"), "token").stream()
            .map(each -> MALLORY + ", Element " + each)
            .toList();
    return new WildRequests.Names(ids, events, tokens);
  }

  private static List<String> values(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path(name).asText())
        .collect(Collectors.toList());
  }

  private static void judge(String what, RawRequest request, RawAnswer answer) throws Exception {
    assertThat(answer.body()).as(what).doesNotContain(MARKER, SECRET, "\tat ", "Exception");
    assertThat(answer.head()).as(what).doesNotContain(MARKER, SECRET);
    boolean elsewhere = answer.status() == 502 || answer.status() == 503;
    if (answer.status() >= 500) {
      assertThat(elsewhere && ASKING.contains(request.operation().id())).as(what).isTrue();
    }
    if (answer.status() >= 400 && answer.has("Elements-Request-Id") && !answer.body().isEmpty()) {
      JsonNode error = JSON.readTree(answer.body());
      assertThat(error.path("message").asText()).as(what).isNotBlank();
      assertThat(error.path("requestId").asText()).as(what).isNotBlank();
    }
    if (answer.status() > 0 && answer.status() < 400) {
      assertThat(answer.has("Elements-Request-Id")).as(what).isTrue();
    }
  }

  /** A create, a first poll and a delivery, as if nothing had been. */
  private void stillWorks() throws Exception {
    source.put("3", "{\"id\":3}");
    JsonNode created = mallory.send("POST", "/instances", request("afterwards", SECRET));
    String events = "/instances/" + created.path("id") + "/events?status=DELIVERED";
    await().atMost(Duration.ofSeconds(60)).until(() -> mallory.get(events).size() == 2);
    mallory.send("POST", "/instances/" + created.path("id") + "/poll?resource=customers", null);
  }
}
