package dev.watchpost.api;

import static dev.watchpost.api.ApiServer.AUTHORIZATION;
import static dev.watchpost.api.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.poll.ResourceState;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRoutesTest {
  private static final String REQUEST =
      """
      {"element": {"key": "rest"}, "name": "People", "tags": ["Test", "b"],
       "configuration": {"base.url": "https://api.example.com", "authentication.token": "s3cret",
         "event.notification.enabled": true,
         "event.notification.callback.url": "https://example.org/hook",
         "event.poller.configuration": {"customers": {"url": "/customers", "idField": "id"}}}}
      """;

  private static ApiServer server;
  private JsonNode instance;
  private String path;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create() throws Exception {
    server.started.set(true);
    instance = json(server.call("POST", "/instances", REQUEST));
    path = "/instances/" + instance.path("id").asLong();
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    return server.call(method, path, null);
  }

  private static void assertRefused(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = json(response);
    assertThat(body.path("message").asText()).isNotBlank().doesNotContain("\tat ");
    assertThat(response.headers().firstValue("Elements-Request-Id"))
        .contains(body.path("requestId").asText());
  }

  @Test
  void created_instance_has_the_fields_of_cloud_elements_and_no_secret() throws Exception {
    assertThat(instance.path("id").isNumber()).isTrue();
    assertThat(instance.path("token").asText()).isNotBlank();
    assertThat(instance.path("element").path("key").asText()).isEqualTo("rest");
    assertThat(instance.path("eventsEnabled").asBoolean()).isTrue();
    assertThat(instance.path("valid").asBoolean()).isTrue();
    assertThat(instance.path("user").path("id").isNumber()).isTrue();
    JsonNode configuration = instance.path("configuration");
    assertThat(configuration.path("authentication.token").asText()).isEqualTo("********");
    assertThat(configuration.path("event.notification.enabled").asText()).isEqualTo("true");
    assertThat(configuration.path("event.poller.configuration").isTextual()).isTrue();
    assertThat(Instant.parse(instance.path("createdDate").asText())).isNotNull();
    assertThat(call("GET", path).body()).doesNotContain("s3cret");
  }

  @Test
  void both_bases_answer_the_same() throws Exception {
    for (String each : List.of(path, "/elements", "/elements/rest", "/openapi.json")) {
      assertThat(call("GET", "/elements/api-v2" + each).body()).isEqualTo(call("GET", each).body());
    }
    assertThat(server.call("POST", "/elements/api-v2/instances", REQUEST).statusCode())
        .isEqualTo(200);
    assertThat(
            server.call("POST", "/elements/api-v2/elements/rest/instances", REQUEST).statusCode())
        .isEqualTo(200);
  }

  @Test
  void patch_merges_and_put_replaces_and_the_mask_keeps() throws Exception {
    JsonNode patched =
        json(server.call("PATCH", path, "{\"name\":\"N\",\"configuration\":{\"x\":\"1\"}}"));
    assertThat(patched.path("name").asText()).isEqualTo("N");
    assertThat(patched.path("configuration").path("x").asText()).isEqualTo("1");
    JsonNode replaced = json(server.call("PUT", path, REQUEST.replace("s3cret", "********")));
    assertThat(replaced.path("configuration").has("x")).isFalse();
    long id = instance.path("id").asLong();
    assertThat(server.instances.find(id).orElseThrow().configuration())
        .containsEntry("authentication.token", "s3cret");
  }

  @Test
  void warnings_are_told_in_the_answer_to_a_write() throws Exception {
    JsonNode patched =
        json(server.call("PATCH", path, "{\"configuration\":{\"event.nonsense\":\"1\"}}"));
    assertThat(patched.path("warnings").toString()).contains("event.nonsense");
  }

  @Test
  void settings_are_read_and_changed_one_at_a_time() throws Exception {
    JsonNode all = json(call("GET", path + "/configuration"));
    assertThat(all.path("authentication.token").asText()).isEqualTo("********");
    String setting = path + "/configuration/event.poller.refresh_interval";
    JsonNode changed = json(server.call("PATCH", setting, "{\"value\":\"5\"}"));
    assertThat(changed.path("value").asText()).isEqualTo("5");
    assertThat(json(call("GET", setting)).path("value").asText()).isEqualTo("5");
    assertThat(call("GET", path + "/configuration/authentication.token").body())
        .contains("********");
    assertRefused(call("GET", path + "/configuration/nothing"), 404);
    assertRefused(server.call("PATCH", setting, "{}"), 400);
  }

  @Test
  void instance_is_disabled_and_enabled() throws Exception {
    assertThat(json(call("DELETE", path + "/enabled")).path("disabled").asBoolean()).isTrue();
    assertThat(json(call("PUT", path + "/enabled")).path("disabled").asBoolean()).isFalse();
  }

  @Test
  void deleted_instance_answers_an_empty_200_and_is_gone() throws Exception {
    HttpResponse<String> deleted = call("DELETE", path);
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.body()).isEmpty();
    for (String each : List.of("", "/events", "/polls", "/event-poller-records")) {
      assertRefused(call("GET", path + each), 404);
    }
    assertRefused(call("DELETE", path), 404);
  }

  @Test
  void element_token_stands_for_its_instance() throws Exception {
    String own = AUTHORIZATION + ", Element " + instance.path("token").asText();
    assertThat(json(server.call("GET", "/instances", null, "Authorization", own)).path("id"))
        .isEqualTo(instance.path("id"));
    JsonNode patched =
        json(server.call("PATCH", "/instances", "{\"name\":\"Own\"}", "Authorization", own));
    assertThat(patched.path("name").asText()).isEqualTo("Own");
    assertThat(server.call("PUT", "/instances", REQUEST, "Authorization", own).statusCode())
        .isEqualTo(200);
    JsonNode other = json(server.call("POST", "/instances", REQUEST));
    String foreign = "/instances/" + other.path("id").asLong();
    assertRefused(server.call("GET", foreign, null, "Authorization", own), 403);
    assertThat(server.call("DELETE", "/instances", null, "Authorization", own).statusCode())
        .isEqualTo(200);
    assertRefused(server.call("GET", "/instances", null, "Authorization", own), 401);
    assertRefused(call("DELETE", "/instances"), 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User u-secret, Organization o-secret",
        "organization   o-secret ,USER u-secret",
        "User u-secret,Organization o-secret"
      })
  void right_credentials_are_accepted(String header) throws Exception {
    assertThat(server.call("GET", path, null, "Authorization", header).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User u-secret",
        "Organization o-secret",
        "User o-secret, Organization u-secret",
        "User u-secret, Organization o-secret, Element nobody",
        "User u-secret, User u-secret, Organization o-secret",
        "Bearer x",
        "nonsense",
        ","
      })
  void wrong_credentials_answer_401_and_show_the_form(String header) throws Exception {
    HttpResponse<String> response = server.call("GET", path, null, "Authorization", header);
    assertRefused(response, 401);
    assertThat(response.body()).contains("User <secret>, Organization <secret>");
    assertRefused(server.call("GET", path, null, new String[0]), 401);
  }

  @Test
  void contract_is_public_and_what_stands_in_the_file() throws Exception {
    HttpResponse<String> response = server.call("GET", "/openapi.json", null, new String[0]);
    JsonNode file = new YAMLMapper().readTree(getClass().getResourceAsStream("/openapi.yaml"));
    assertThat(json(response)).isEqualTo(new ObjectMapper().readTree(file.toString()));
  }

  @Test
  void contract_is_valid() {
    SwaggerParseResult result = new OpenAPIV3Parser().readLocation("openapi.yaml", null, null);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).isNotEmpty();
  }

  @Test
  void every_operation_of_the_contract_is_served() throws Exception {
    for (String base : List.of("", "/elements/api-v2")) {
      for (Operation operation : Contract.load().operations()) {
        String url = base + operation.path().replaceAll("\\{[^}]+}", "0");
        HttpResponse<String> response = call(operation.method(), url);
        assertThat(response.statusCode()).as(operation.id()).isIn(200, 400, 401, 404);
        assertThat(response.body()).as(operation.id()).doesNotContain("no such path");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/instances/1/nothing",
        "/elements/api-v2/nothing",
        "/instances/abc",
        "/instances/999999",
        "/elements/nothing",
        "/a%2Fb",
        "/elements/a%2Fb"
      })
  void unknown_paths_answer_404_in_our_form(String unknown) throws Exception {
    assertRefused(call("GET", unknown), 404);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /elements, 'GET, HEAD, OPTIONS'",
    "PUT, /instances/events, 'GET, HEAD, OPTIONS'",
    "DELETE, /elements/api-v2/instances/polling-disabled, 'GET, HEAD, OPTIONS'",
    "GET, /instances/1/poll, 'OPTIONS, POST'",
    "PATCH, /openapi.json, 'GET, HEAD, OPTIONS'"
  })
  void wrong_methods_answer_405_with_allow(String method, String known, String allow)
      throws Exception {
    HttpResponse<String> response = server.call(method, known, method.equals("GET") ? null : "{}");
    assertRefused(response, 405);
    assertThat(response.headers().firstValue("Allow")).contains(allow);
  }

  @Test
  void options_tells_what_is_allowed() throws Exception {
    assertThat(call("OPTIONS", path).headers().firstValue("Allow"))
        .contains("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/instances/{id}",
        "/instances",
        "/instances/99",
        "/",
        "/openapi.json",
        "/nothing"
      })
  void head_answers_as_get_does_without_the_body(String of) throws Exception {
    String known = of.replace("/instances/{id}", path);
    HttpResponse<String> get = call("GET", known);
    HttpResponse<String> head = call("HEAD", known);
    assertThat(head.body()).isEmpty();
    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(headers(head)).isEqualTo(headers(get));
  }

  /** But its own id, and the length, which a HEAD's answer need not tell. */
  private static Map<String, List<String>> headers(HttpResponse<String> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    assertThat(headers.remove("elements-request-id")).isNotNull();
    boolean head = response.request().method().equals("HEAD");
    assertThat(headers.remove("content-length") == null).isEqualTo(head);
    return headers;
  }

  @Test
  void malformed_json_answers_400_with_line_and_column() throws Exception {
    HttpResponse<String> response = server.call("POST", "/instances", "{\n  \"a\": ]");
    assertRefused(response, 400);
    assertThat(json(response).path("message").asText()).contains("line 2, column 8");
    assertRefused(server.call("POST", "/instances", ""), 400);
    assertRefused(server.call("POST", "/instances", "[]"), 400);
  }

  @Test
  void invalid_instance_answers_400_with_every_problem() throws Exception {
    HttpResponse<String> response =
        server.call(
            "POST",
            "/instances",
            REQUEST.replace("\"/customers\"", "\"/customers?d=${date:MM/dd/yyy}\""));
    assertRefused(response, 400);
    assertThat(json(response).path("errors").toString()).contains("customers.url");
  }

  @Test
  void other_bodies_than_json_answer_415_and_large_ones_413() throws Exception {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      assertRefused(
          server.call(
              "POST", "/instances", REQUEST, "Authorization", AUTHORIZATION, "Content-Type", type),
          415);
    }
    assertRefused(server.call("POST", "/instances", "x".repeat((1 << 20) + 1)), 413);
    assertRefused(server.call("POST", "/instances", "x".repeat(3 << 20)), 413);
  }

  @Test
  void broken_percent_encoding_answers_400() throws Exception {
    // the path is refused by Vert.x itself, before any route of ours
    assertThat(server.raw("GET", "/elements/%zz")).startsWith("HTTP/1.1 400");
    assertThat(server.raw("GET", "/elements?searchText=%zz"))
        .startsWith("HTTP/1.1 400")
        .contains("requestId");
  }

  @Test
  void query_and_headers_do_not_change_the_path() throws Exception {
    HttpResponse<String> response =
        server.call("GET", path + "?id=7&key=x", null, "Authorization", AUTHORIZATION, "id", "8");
    assertThat(json(response).path("id")).isEqualTo(instance.path("id"));
  }

  @Test
  void writes_before_the_start_answer_503_with_retry_after() throws Exception {
    server.started.set(false);
    HttpResponse<String> response = server.call("POST", "/instances", REQUEST);
    assertRefused(response, 503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(call("GET", path).statusCode()).isEqualTo(200);
  }

  @Test
  void lists_are_paged() throws Exception {
    for (int i = 0; i < 2; i++) {
      server.call("POST", "/instances", REQUEST.replace("\"b\"", "\"paged\""));
    }
    String list = "/instances?tags%5B%5D=paged&pageSize=1";
    HttpResponse<String> first = call("GET", list);
    assertThat(json(first)).hasSize(1);
    assertThat(first.headers().firstValue("Elements-Returned-Count")).contains("1");
    assertThat(first.headers().firstValue("Elements-Total-Count")).contains("2");
    String token = first.headers().firstValue("Elements-Next-Page-Token").orElseThrow();
    HttpResponse<String> second = call("GET", list + "&nextPage=" + token);
    assertThat(json(second)).hasSize(1).isNotEqualTo(json(first));
    assertThat(second.headers().firstValue("Elements-Next-Page-Token")).isEmpty();
    assertRefused(call("GET", "/instances?pageSize=0"), 400);
    assertRefused(call("GET", "/instances?nextPage=x!"), 400);
    assertThat(json(call("GET", "/instances?searchText=nobody"))).isEmpty();
  }

  private void enterEvents() {
    long id = instance.path("id").asLong();
    Instant now = Instant.parse("2026-01-31T10:00:00Z");
    ResourceState state =
        server.states.watch(
            id, server.instances.resources(server.instances.find(id).orElseThrow()).get(0), now);
    Feed feed = new Feed(id, state.id(), "customers", 10);
    List<NewEvent> events =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new NewEvent(
                        EventType.CREATED, "c" + i, 1, now, "{\"id\":" + i + "}", null, null))
            .toList();
    server.database.write(handle -> server.outbox.append(handle, feed, now, events));
  }

  @Test
  void events_are_listed_filtered_shown_and_redelivered() throws Exception {
    enterEvents();
    HttpResponse<String> listed = call("GET", path + "/events?pageSize=2&status=pending");
    assertThat(json(listed)).hasSize(2);
    assertThat(listed.headers().firstValue("Elements-Total-Count")).contains("3");
    JsonNode event = json(listed).get(0);
    assertThat(event.path("status").asText()).isEqualTo("PENDING");
    assertThat(event.path("nextAttempt").asText()).isNotBlank();
    assertThat(event.has("raw")).isFalse();
    assertThat(json(call("GET", path + "/events?objectType=orders"))).isEmpty();
    assertThat(json(call("GET", path + "/events?from=2026-02-01T00:00:00%2B01:00"))).isEmpty();
    assertThat(json(call("GET", path + "/events?from=2026-02-01"))).isEmpty();
    assertThat(json(call("GET", path + "/events?from=2026-01-31&to=2026-02-01"))).hasSize(3);
    assertThat(json(call("GET", "/instances/events"))).isNotEmpty();
    String one = path + "/events/" + event.path("eventId").asText();
    JsonNode whole = json(call("GET", one));
    assertThat(whole.path("raw").path("id").isNumber()).isTrue();
    assertThat(whole.path("attempts")).isEmpty();
    assertThat(call("PUT", one + "/redeliver").statusCode()).isEqualTo(200);
    assertThat(json(call("PUT", path + "/events/redeliver?status=DEAD")).path("notifications"))
        .hasToString("0");
    assertRefused(call("GET", path + "/events/nothing"), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eventType=MADE", "status=GONE", "from=yesterday", "to=99999999999999999999"})
  void bad_filters_answer_400_with_the_parameter(String filter) throws Exception {
    HttpResponse<String> response = call("GET", path + "/events?" + filter);
    assertRefused(response, 400);
    assertThat(json(response).path("errors").get(0).path("path").asText())
        .isEqualTo(filter.split("=")[0]);
  }

  @Test
  void states_of_polls_are_told() throws Exception {
    enterEvents();
    JsonNode record = json(call("GET", path + "/event-poller-records")).get(0);
    assertThat(record.path("resource").asText()).isEqualTo("customers");
    assertThat(record.path("quarantined").path("count").asInt()).isZero();
    assertThat(
            json(call("GET", "/instances/event-poller-records?instanceId=" + instance.path("id"))))
        .hasSize(1);
    assertThat(json(call("GET", "/instances/event-poller-records"))).isNotEmpty();
    assertThat(json(call("GET", "/instances/polling-disabled"))).isEmpty();
    assertThat(json(call("GET", path + "/polls"))).isEmpty();
    assertThat(call("POST", path + "/polls/customers/reset").statusCode()).isEqualTo(200);
  }

  @Test
  void poll_of_a_resource_that_is_not_there_is_refused() throws Exception {
    HttpResponse<String> unknown = call("POST", path + "/poll?resource=orders");
    assertRefused(unknown, 404);
    assertThat(unknown.body()).contains("customers");
    assertRefused(call("POST", path + "/polls/orders/reset"), 404);
    assertRefused(call("POST", path + "/poll?resource=customers&dryRun=perhaps"), 400);
    assertRefused(call("POST", path + "/poll?resource=customers"), 409);
  }

  @Test
  void elements_are_listed_and_described() throws Exception {
    assertThat(json(call("GET", "/elements")).findValuesAsText("key")).contains("rest");
    JsonNode metadata = json(call("GET", "/elements/1/metadata"));
    assertThat(metadata.path("key").asText()).isEqualTo("rest");
    assertThat(metadata.path("settings")).isNotEmpty();
  }
}
