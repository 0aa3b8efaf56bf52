package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of {@code /openapi.json}: each request is sent as it stands there, to a running
 * Watchpost, with the hosts and ids of this test in the place of theirs; each answer has to fit its
 * schema, and has to have what the example answer has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "It's a Secret to Everybody";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Receiver receiver = new Receiver();
  private final Source source =
      new Source(
          clock,
          (api, request) -> {
            if (request.path().equals("/broken")) {
              request.response().setStatusCode(500).end();
            } else {
              Source.list(request, api.records());
            }
          });
  private TestWatchpost running;
  private Api api;
  private JsonNode contract;
  private ContractSchemas schemas;
  private List<ContractOperation> operations;

  @BeforeAll
  void start(@TempDir Path routes) throws Exception {
    source.put("1", "{\"id\":1,\"name\":\"Ada Lovelace\",\"updated_at\":\"2026-03-01T10:00:00Z\"}");
    String file =
        "{\"element\":{\"key\":\"rest\"},\"configuration\":{\"base.url\":\"%s\",\"event.poller.configuration\":{\"a\":{\"url\":\"/a\",\"idField\":\"id\"}}}}";
    Files.writeString(routes.resolve("shop.instance.json"), file.formatted(source.url()));
    Map<String, String> properties =
        Map.of(
            "watchpost.routes.directory", routes.toString(), "watchpost.poll.failure-limit", "1");
    running = new TestWatchpost(TestDatabase.H2.freshUrl(), clock, properties);
    api = Api.of(running.context(), running.watchpost());
    running.start();
    contract = api.get("/openapi.json");
    schemas = new ContractSchemas(contract);
    operations = ContractOperation.of(contract);
    String resource = "`url`:`/broken`,`idField`:`id`";
    WatchRequest broken = new WatchRequest(source.url(), receiver.url(), resource);
    api.send("POST", "/instances", broken.json().toString());
    await().until(() -> !api.get("/instances/polling-disabled").isEmpty());
  }

  @AfterAll
  void stop() {
    running.close();
    source.close();
    receiver.close();
  }

  /** Whom an example is about: a new instance each, which has delivered its first event. */
  private record Subject(long id, String token, String event) {}

  private Subject subject() throws Exception {
    ContractOperation create = operation("createInstance");
    JsonNode created = api.send("POST", "/instances", here(create.example(create.body()), null));
    long id = created.path("id").asLong();
    String delivered = "/instances/" + id + "/events?status=DELIVERED";
    await().atMost(Duration.ofSeconds(30)).until(() -> !api.get(delivered).isEmpty());
    String polled = "/instances/" + id + "/polls";
    await().atMost(Duration.ofSeconds(30)).until(() -> !api.get(polled).isEmpty());
    String event = api.get(delivered).get(0).path("eventId").asText();
    return new Subject(id, created.path("token").asText(), event);
  }

  private ContractOperation operation(String id) {
    return operations.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** An example's body, with the hosts of this test. */
  private String here(JsonNode example, Subject subject) {
    return example
        .toString()
        .replace("https://api.example.com/v2", source.url())
        .replace("https://mycoolapp.com/events", receiver.url());
  }

  Stream<String> operations() {
    return operations.stream().map(ContractOperation::id);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void example_is_answered_as_the_contract_says(String id) throws Exception {
    ContractOperation operation = operation(id);
    Subject subject = subject();
    prepare(operation, subject);
    String body = operation.body().isMissingNode() ? null : here(example(operation), subject);
    String[] headers = headers(operation, subject, body);

    HttpResponse<String> answer =
        api.call(operation.method(), target(operation, subject), body, headers);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode response = operation.response("200");
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("Elements-Next-Page-Token") && !name.startsWith("Idempotent")) {
                assertThat(answer.headers().firstValue(name)).as(name).isPresent();
              }
            });
    if (answer.headers().firstValue("Content-Type").orElse("").equals("application/json")) {
      JsonNode found = JSON.readTree(answer.body());
      JsonNode example = operation.example(operation.content(response));
      assertThat(schemas.problems(operation, "200", found)).as(answer.body()).isEmpty();
      assertThat(schemas.problems(operation, "200", example)).as("the example").isEmpty();
      assertThat(shape(found)).as(answer.body()).containsAll(shape(example));
      assertThat(shape(example)).isNotEmpty();
    } else {
      assertThat(operation.content(response).isMissingNode()).isEqualTo(answer.body().isEmpty());
    }
  }

  private JsonNode example(ContractOperation operation) {
    JsonNode example = operation.example(operation.body());
    assertThat(example.isMissingNode()).as("the example of the body").isFalse();
    return example;
  }

  /** Webhooks are taken where the instance says so. */
  private void prepare(ContractOperation operation, Subject subject) throws Exception {
    if (operation.id().equals("receiveWebhookOfElement")) {
      api.send(
          "POST",
          "/instances",
          """
          {"element":{"key":"github"},"configuration":{"base.url":"%s","authentication.type":"none",
           "event.notification.enabled":true,"event.notification.callback.url":"%s",
           "event.vendor.type":"webhooks","event.webhook.secret":"%s","github.owner":"octo-org","github.repo":"octo-repo"}}
          """
              .formatted(source.url(), receiver.url(), SECRET));
    } else if (operation.path().startsWith("/events/")) {
      api.send(
          "PATCH",
          "/instances/" + subject.id(),
          "{\"configuration\":{\"event.vendor.type\":\"webhooks\",\"event.webhook.signature\":\"none\"}}");
    }
  }

  private String[] headers(ContractOperation operation, Subject subject, String body)
      throws Exception {
    List<String> headers = new ArrayList<>();
    boolean own = operation.id().contains("Own") || operation.id().equals("readHub");
    String secrets = "User me, Organization us" + (own ? ", Element " + subject.token() : "");
    headers.addAll(List.of("Authorization", secrets));
    for (JsonNode header : operation.parameters("header")) {
      String value = header.path("example").asText();
      headers.addAll(List.of(header.path("name").asText(), value + "-" + subject.id()));
    }
    if (operation.id().equals("receiveWebhookOfElement")) {
      headers.addAll(List.of("X-GitHub-Event", "issues", "X-Hub-Signature-256", signature(body)));
    }
    return headers.toArray(String[]::new);
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** With all parameters that have an example. */
  private String target(ContractOperation operation, Subject subject) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      String name = "{" + parameter.path("name").asText() + "}";
      assertThat(parameter.has("example")).as(name).isTrue();
      path = path.replace(name, encoded(here(name, parameter.path("example").asText(), subject)));
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.parameters("query")) {
      JsonNode example = parameter.path("example");
      if (!example.isMissingNode()) {
        String name = parameter.path("name").asText();
        String value = example.isArray() ? example.get(0).asText() : example.asText();
        query.add(encoded(name) + "=" + encoded(here(name, value, subject)));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String here(String name, String example, Subject subject) {
    String id = Long.toString(subject.id());
    return switch (example) {
      case "795" -> id;
      case "Nzk1" -> Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
      default -> name.equals("{eventId}") ? subject.event() : example;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The paths of all names in it. */
  private static List<String> shape(JsonNode node) {
    List<String> paths = new ArrayList<>();
    collect("", node, paths);
    return paths.stream().distinct().toList();
  }

  private static void collect(String path, JsonNode node, List<String> paths) {
    if (node.isArray() && !node.isEmpty()) {
      paths.add(path + "[]");
      node.forEach(each -> collect(path + "[]", each, paths));
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String below = path + "." + field.getKey();
        paths.add(below);
        collect(below, field.getValue(), paths);
      }
    }
  }
}
