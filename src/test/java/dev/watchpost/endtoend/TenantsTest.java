package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two organizations beside the default one, one with two users: each sees its own only. */
class TenantsTest {
  private static final String ACME = "Organization acme-organization-secret";
  private static final String JANE = "User jane-jane-jane-jane-1, " + ACME;
  private static final String JOE = "User joe-joe-joe-joe-joe-1, " + ACME;
  private static final String ANN =
      "User ann-ann-ann-ann-ann-1, Organization globex-organization-secret";
  private static final String TENANTS =
      """
      acme.organization = acme-organization-secret
      acme.user.jane = jane-jane-jane-jane-1
      acme.user.joe = joe-joe-joe-joe-joe-1
      # printf ann-ann-ann-ann-ann-1 | sha256sum
      globex.organization = globex-organization-secret
      globex.user.ann = %s
      default.user.dora = dora-dora-dora-dora-1
      """;

  /** What nobody but acme may see, wherever it turns up. */
  private static final String MARKER = "acme-marker";

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Source source = Source.ofRecords(clock);
  private final Receiver receiver = new Receiver();
  private final String database = TestDatabase.H2.freshUrl();
  private TestWatchpost running;
  private Api us;
  private Api jane;
  private Api joe;
  private Api ann;
  private JsonNode acme;
  private String path;

  @BeforeEach
  void start() throws Exception {
    Path tenants = directory.resolve("tenants.properties");
    Files.writeString(tenants, TENANTS.formatted(hash()));
    open();
    jane = us.as(JANE);
    joe = us.as(JOE);
    ann = us.as(ANN);
    source.put("1", "{\"id\":\"" + MARKER + "-1\"}");
    acme = jane.send("POST", "/instances", request(MARKER));
    path = "/instances/" + acme.path("id");
  }

  private void open() throws Exception {
    String tenants = directory.resolve("tenants.properties").toString();
    Map<String, String> properties =
        Map.of(
            "watchpost.api.tenants", tenants, "watchpost.routes.directory", directory.toString());
    running = new TestWatchpost(database, clock, properties);
    us = Api.of(running.context(), running.watchpost());
    running.start();
  }

  private static String hash() throws Exception {
    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest("ann-ann-ann-ann-ann-1".getBytes(StandardCharsets.UTF_8));
    return "sha256:" + java.util.HexFormat.of().formatHex(hash);
  }

  private String request(String name) {
    String resource = "`url`:`/" + name + "`,`idField`:`id`,`startFrom`:`beginning`";
    WatchRequest request = new WatchRequest(source.url(), receiver.url(), resource);
    request.set("event.vendor.type", "webhooks").set("event.webhook.signature", "none");
    request.set("authentication.type", "none");
    return request.json().put("name", name).set("tags", tags(name)).toString();
  }

  private static JsonNode tags(String name) {
    return new ObjectMapper().createArrayNode().add(name);
  }

  @AfterEach
  void stop() {
    running.close();
    source.close();
    receiver.close();
  }

  /** The event of acme that its first poll enters. */
  private String event() throws Exception {
    await().until(() -> !jane.get(path + "/events").isEmpty());
    return jane.get(path + "/events").get(0).path("eventId").asText();
  }

  @Test
  void instance_and_its_events_bear_the_numbers_of_organization_and_user() throws Exception {
    event();

    await().until(() -> !receiver.received().isEmpty());
    JsonNode message =
        new ObjectMapper().readTree(receiver.received().get(0).body()).path("message");
    JsonNode ofJoe = joe.send("POST", "/instances", request("joes"));
    JsonNode ofAnn = ann.send("POST", "/instances", request("anns"));
    JsonNode ofUs = us.send("POST", "/instances", request("ours"));

    assertThat(message.path("userId")).isEqualTo(acme.path("user").path("id"));
    assertThat(message.path("companyId").asLong()).isGreaterThan(1);
    assertThat(message.path("accountId")).isEqualTo(message.path("companyId"));
    assertThat(ofUs.path("user").path("id").asLong()).isEqualTo(1);
    assertThat(
            List.of(acme, ofJoe, ofAnn, ofUs).stream()
                .map(instance -> instance.path("user").path("id"))
                .distinct())
        .hasSize(4);
  }

  @Test
  void users_of_one_organization_share_its_instances() throws Exception {
    assertThat(joe.get(path).path("name").asText()).isEqualTo(MARKER);
    assertThat(joe.get("/instances")).hasSize(1);
    assertThat(joe.send("PATCH", path, "{\"name\":\"by joe\"}").path("user"))
        .isEqualTo(acme.path("user"));
    Api dora = us.as("User dora-dora-dora-dora-1, Organization us");
    us.send("POST", "/instances", request("ours"));
    assertThat(dora.get("/instances")).hasSize(1);
    assertThat(dora.get("/instances").get(0).path("name").asText()).isEqualTo("ours");
  }

  @Test
  void every_operation_answers_another_organization_404() throws Exception {
    String event = event();
    int calls = 0;
    for (Map.Entry<String, JsonNode> each : us.get("/openapi.json").path("paths").properties()) {
      if (each.getKey().contains("{id}")) {
        String target = target(each.getKey(), event);
        for (Map.Entry<String, JsonNode> operation : each.getValue().properties()) {
          String body = operation.getValue().has("requestBody") ? "{\"name\":\"x\"}" : null;
          refused(operation.getKey().toUpperCase(Locale.ROOT), target, body);
          calls++;
        }
        refused(each.getValue().has("get") ? "HEAD" : "PUT", target, null);
      }
    }
    assertThat(calls).isGreaterThanOrEqualTo(16);
    refused("GET", "/instances/event-poller-records?instanceId=" + acme.path("id"), null);
    assertThat(jane.get(path)).isEqualTo(acme);
    assertThat(jane.get(path + "/events")).hasSize(1);
  }

  private String target(String template, String event) {
    return template
        .replace("{id}", acme.path("id").asText())
        .replace("{eventId}", event)
        .replace("{resource}", "customers")
        .replace("{key}", "event.poller.refresh_interval");
  }

  private void refused(String method, String target, String body) throws Exception {
    for (Api other : List.of(ann, us)) {
      HttpResponse<String> answer = other.call(method, target, body);
      String what = method + " " + target + " " + answer.body();
      assertThat(answer.statusCode()).as(what).isIn(404, 405);
      assertThat(answer.body()).doesNotContain(MARKER);
      if (!method.equals("HEAD") && answer.statusCode() == 404) {
        assertThat(answer.body()).contains("no instance " + acme.path("id"));
      }
    }
  }

  @Test
  void another_organizations_event_is_not_found_below_an_own_instance() throws Exception {
    String event = event();
    JsonNode own = ann.send("POST", "/instances", request("anns"));
    String below = "/instances/" + own.path("id") + "/events/" + event;
    assertThat(ann.call("GET", below, null).statusCode()).isEqualTo(404);
    assertThat(ann.call("PUT", below + "/redeliver", null).statusCode()).isEqualTo(404);
  }

  @Test
  void another_organizations_token_is_unknown() throws Exception {
    String token = ", Element " + acme.path("token").asText();
    Api stolen = us.as(ANN + token);
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      HttpResponse<String> answer =
          stolen.call(method, "/instances", method.startsWith("P") ? "{}" : null);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain(MARKER);
    }
    assertThat(stolen.call("GET", "/hubs/general/customers", null).statusCode()).isEqualTo(401);
    assertThat(us.as(JOE + token).get("/instances").path("id")).isEqualTo(acme.path("id"));
  }

  @Test
  void lists_searches_and_counters_show_nothing_of_another_organization() throws Exception {
    event();
    for (String list :
        List.of(
            "/instances",
            "/instances?searchText=" + MARKER,
            "/instances?tags%5B%5D=" + MARKER,
            "/instances/events",
            "/instances/event-poller-records",
            "/instances/polling-disabled")) {
      HttpResponse<String> theirs = jane.call("GET", list, null);
      if (!list.endsWith("disabled")) {
        assertThat(theirs.headers().firstValue("Elements-Total-Count")).as(list).contains("1");
      }
      for (Api other : List.of(ann, us)) {
        HttpResponse<String> answer = other.call("GET", list, null);
        assertThat(answer.body()).as(list).isEqualTo("[]");
        assertThat(answer.headers().firstValue("Elements-Total-Count")).contains("0");
      }
    }
    for (String all : List.of("/elements", "/elements/rest/metadata", "/openapi.json")) {
      assertThat(ann.call("GET", all, null).body()).doesNotContain(MARKER, source.url());
    }
  }

  @Test
  void what_a_webhook_tells_is_its_instances_organizations() throws Exception {
    event();
    String hook =
        "/events/rest/"
            + Base64.getEncoder().encodeToString(acme.path("id").asText().getBytes("US-ASCII"));
    String told =
        "{\"objectType\":\"customers\",\"objectId\":\"" + MARKER + "\",\"eventType\":\"CREATED\"}";
    HttpResponse<String> answer = us.post(hook, "application/json", told);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(jane.get("/instances/events")).hasSize(2);
    assertThat(ann.get("/instances/events")).isEmpty();
    assertThat(us.get("/instances/events")).isEmpty();
  }

  @Test
  void secrets_of_different_organizations_do_not_go_together() throws Exception {
    for (String mixed :
        List.of(
            "User jane-jane-jane-jane-1, Organization globex-organization-secret",
            "User me, Organization acme-organization-secret",
            "User jane-jane-jane-jane-1, Organization us",
            "User " + "x".repeat(21) + ", " + ACME,
            "Organization acme-organization-secret",
            "User " + hash() + ", Organization globex-organization-secret")) {
      assertThat(us.as(mixed).call("GET", path, null).statusCode()).as(mixed).isEqualTo(401);
    }
  }

  @Test
  void numbers_stay_when_the_file_grows_and_the_program_starts_again() throws Exception {
    running.close();
    Path file = directory.resolve("tenants.properties");
    Files.writeString(
        file,
        """
        aaaa.organization = aaaa-organization-secret
        aaaa.user.jane = aaaa-aaaa-aaaa-aaaa-1
        acme.organization = acme-organization-secret-2
        acme.user.jane = jane-jane-jane-jane-2
        """);
    open();
    Api janeAgain = us.as("User jane-jane-jane-jane-2, Organization acme-organization-secret-2");
    Api aaaa = us.as("User aaaa-aaaa-aaaa-aaaa-1, Organization aaaa-organization-secret");

    assertThat(janeAgain.get(path).path("name")).isEqualTo(acme.path("name"));
    assertThat(janeAgain.send("POST", "/instances", request("new")).path("user"))
        .isEqualTo(acme.path("user"));
    assertThat(aaaa.get("/instances")).isEmpty();
    for (String former : List.of(JANE, JOE, ANN)) {
      assertThat(us.as(former).call("GET", path, null).statusCode()).isEqualTo(401);
    }
  }
}
