package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.LoopbackServer;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A busy run with every kind of secret, in which sources, token servers and callers repeat what
 * they were sent; then the log at debug, all answers of the API and all that is stored are searched
 * for each secret, in clear, percent- and form-encoded and in Base64.
 */
@Timeout(120)
class SecretsStaySecretTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VISIBLE = "a-name-that-everyone-may-see";

  @TempDir private Path routes;

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> storedOnly = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private final CapturedLog log = new CapturedLog();
  private final LoopbackServer world = new LoopbackServer(this::answer);
  private Api api;

  @AfterEach
  void end() {
    world.close();
    log.close();
  }

  /** A new one of that name, with characters that every encoding changes. */
  private String secret(String name) {
    String value = name + "+/&=~" + UUID.randomUUID().toString().substring(0, 8) + "+/x";
    secrets.put(name, value);
    return value;
  }

  /** A new one of letters and digits, which a reader of JSON would show as a whole. */
  private String word(String name) {
    String value = "S" + UUID.randomUUID().toString().replace("-", "");
    secrets.put(name, value);
    return value;
  }

  /** Sources, a token server and a callback that all say back what they were sent. */
  private void answer(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, request.headers().entries() + "\n" + body));
  }

  private void answer(HttpServerRequest request, String sent) {
    HttpServerResponse answer =
        request.response().putHeader("Content-Type", "application/json").putHeader("ETag", "\"1\"");
    String echo = request.uri() + "\n" + sent;
    String path = request.path();
    if (path.startsWith("/records")) {
      answer.end("[{\"id\":1,\"name\":\"" + VISIBLE + "\"}]");
    } else if (path.startsWith("/pages")) {
      String next = request.absoluteURI() + (request.query() == null ? "?" : "&") + "page=2";
      answer
          .putHeader("Link", "<" + next + ">; rel=\"next\"")
          .end(request.uri().contains("page=2") ? echo : "[{\"id\":2}]");
    } else if (path.startsWith("/redirect")) {
      answer.setStatusCode(302).putHeader("Location", "http://bad host/" + path + request.uri());
      answer.end(echo);
    } else if (path.startsWith("/cut")) {
      answer.putHeader("Content-Length", "100000").write(echo);
      request.connection().close();
    } else if (path.startsWith("/token")) {
      token(answer, echo);
    } else {
      answer.setStatusCode(path.startsWith("/unauthorized") ? 401 : 400).end(echo);
    }
  }

  private void token(HttpServerResponse answer, String echo) {
    ObjectNode json = JSON.createObjectNode();
    if (echo.contains("refresh_token")) {
      answer.setStatusCode(400);
      json.put("error", "invalid_grant").put("error_description", "no good: " + echo);
    } else {
      json.put("access_token", secret("access-token" + secrets.size()))
          .put("refresh_token", secret("refresh-token" + secrets.size()))
          .put("token_type", "Bearer")
          .put("expires_in", 1);
    }
    answer.end(json.toString());
  }

  private WatchRequest watch(String url) {
    return new WatchRequest(
            world.url(),
            world.url()
                + "/hook?key="
                + URLEncoder.encode(secret("hook-url"), StandardCharsets.UTF_8),
            "`url`:`" + url + "`,`idField`:`id`,`startFrom`:`beginning`")
        .set("event.notification.signature.key", secret("signature"));
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = api.call(method, path, body);
    answers.add(method + " " + path.replaceAll("\\?.*", "") + "\n" + answer.body());
    return answer;
  }

  private long created(WatchRequest request) throws Exception {
    HttpResponse<String> answer =
        api.call("POST", "/instances", request.json().put("name", VISIBLE).toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    ObjectNode instance = (ObjectNode) JSON.readTree(answer.body());
    // that the instance's token is answered is what it is for
    storedOnly.put("token" + instance.path("id"), instance.remove("token").asText());
    answers.add(instance.toString());
    return instance.path("id").asLong();
  }

  private void busy(long id) throws Exception {
    String path = "/instances/" + id;
    call("POST", path + "/poll?dryRun=true", null);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> call("POST", path + "/poll", null).body(),
            answer -> !answer.contains("is being polled right now"));
    call("GET", path + "/configuration", null);
    call("GET", path + "/polls", null);
    call("GET", path + "/event-poller-records", null);
    for (JsonNode event : JSON.readTree(call("GET", path + "/events", null).body())) {
      String url = path + "/events/" + event.path("eventId").asText();
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> call("GET", url, null).body(), a -> a.contains("\"outcome\""));
    }
  }

  private void kinds() throws Exception {
    String query = "&q=" + "{a.secret}&api_key=" + "literal-" + secretOfUrl();
    for (String url : List.of("/records", "/pages", "/redirect", "/cut", "/bad", "/unauthorized")) {
      busy(
          created(
              watch(url + "?x=1" + query)
                  .set("a.secret", secret("placeholder" + url))
                  .set("authentication.token", secret("bearer" + url))
                  .set("authentication.headers", object("X-Tenant", secret("custom" + url)))
                  .set("event.notification.callback.headers", object("X-C", secret("ch" + url)))));
      busy(
          created(
              watch(url)
                  .set("authentication.username", "someone")
                  .set("authentication.password", secret("password" + url))
                  .set("event.notification.basic.username", "me")
                  .set("event.notification.basic.password", secret("callback-password" + url))));
      busy(
          created(
              watch(url)
                  .resource(
                      "`url`:`%s`,`idField`:`id`,`pagination`:{`type`:`link`},`headers`:{`X-Auth-Token`:`%s`}"
                          .formatted(url, secret("resource-header" + url)))
                  .set("authentication.type", "apiKey")
                  .set("authentication.in", "query")
                  .set("authentication.key", secret("api-key" + url))));
    }
  }

  /** Written into a url, where it is configuration that the tenant itself may read. */
  private String secretOfUrl() {
    String value = UUID.randomUUID().toString();
    storedOnly.put("literal", value);
    return value;
  }

  private static String object(String name, String value) {
    return JSON.createObjectNode().put(name, value).toString();
  }

  private WatchRequest oauth(String token) {
    return watch("/unauthorized")
        .set("authentication.type", "oauth2")
        .set("oauth.api.key", "client-id")
        .set("oauth.api.secret", secret("client-secret" + secrets.size()))
        .set("oauth.callback.url", "https://app.example.com/back")
        .set("oauth.client.authentication", token.isEmpty() ? "basic" : "body")
        .set("oauth.token.url", world.url() + (token.isEmpty() ? "/token" : token));
  }

  private void oauth() throws Exception {
    ObjectNode body = oauth("").json().put("name", VISIBLE);
    body.putObject("providerData").put("code", secret("code"));
    HttpResponse<String> answer = api.call("POST", "/instances", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    long id = JSON.readTree(answer.body()).path("id").asLong();
    storedOnly.put("token" + id, JSON.readTree(answer.body()).path("token").asText());
    busy(id);
    String anew = "{\"providerData\":{\"code\":\"" + secret("second-code") + "\"}}";
    api.call("PATCH", "/instances/" + id, anew);
    busy(id);
    for (String refusing : List.of("/bad", "/unauthorized", "/cut")) {
      ObjectNode refused = oauth(refusing).json();
      refused.putObject("providerData").put("code", secret("refused-code" + refusing));
      call("POST", "/instances", refused.toString());
    }
    call(
        "POST",
        "/elements/rest/oauth/url",
        JSON.createObjectNode()
            .put("apiKey", "client-id")
            .put("apiSecret", secret("secret-for-a-url"))
            .put("callbackUrl", "https://app.example.com/back")
            .put("oauth.authorization.url", "https://login.example.com/")
            .toString());
  }

  private void edits() throws Exception {
    long id = created(watch("/records").set("authentication.token", secret("before")));
    String path = "/instances/" + id;
    WatchRequest after = watch("/bad").set("authentication.token", secret("after"));
    api.call("PUT", path, after.json().toString());
    call(
        "PATCH",
        path + "/configuration/authentication.token",
        "{\"value\":\"" + secret("patched") + "\"}");
    busy(id);
    call("PUT", path + "/enabled", null);
    call("DELETE", path + "/enabled", null);
    call("GET", "/instances?searchText=" + VISIBLE.substring(0, 5), null);
  }

  /** Requests that cannot work, in which the secret is what is wrong, or beside it. */
  private void badRequests() throws Exception {
    String broken = "a \u0001 line\nbreak ";
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("authentication.token", broken + secret("broken-token"));
    wrong.put("authentication.headers", "{\"X\": " + word("headers that are no JSON"));
    wrong.put("event.notification.callback.headers", "{\"X\": " + word("the callback's"));
    wrong.put("event.notification.signature.key", "[\"whsec_" + secret("bad-signature-key"));
    wrong.put("event.notification.basic.password", secret("password-without-user"));
    wrong.put("authentication.password", secret("password-alone"));
    for (Map.Entry<String, String> setting : wrong.entrySet()) {
      call(
          "POST",
          "/instances",
          watch("/x").set(setting.getKey(), setting.getValue()).json().toString());
    }
    call(
        "POST",
        "/instances",
        watch("/x").set("base.url", "http://u:" + secret("user-info") + "@h/").json().toString());
    call("POST", "/instances", watch("http://u:" + secret("url-user") + "@h/").json().toString());
    ObjectNode nested = watch("/x").json();
    ((ObjectNode) nested.path("configuration"))
        .putObject("authentication.key")
        .put("k", secret("nested"));
    call("POST", "/instances", nested.toString());
    call("PATCH", "/instances/1/configuration/authentication.key", secret("raw-body"));
    call(
        "POST",
        "/elements/nosuch/instances",
        watch("/x").set("authentication.key", secret("lost")).json().toString());
  }

  private void files() throws Exception {
    Files.writeString(
        routes.resolve("good.instance.yaml"),
        "element: {key: rest}\nconfiguration:\n  base.url: %s\n  authentication.token: '%s'\n"
            .formatted(world.url(), secret("in-a-file")));
    Files.writeString(
        routes.resolve("broken.instance.yaml"),
        "element: {key: rest}\nconfiguration:\n  authentication.token: '%s\n"
            .formatted(secret("in-a-broken-file")));
    Files.writeString(
        routes.resolve("wrong.instance.json"),
        "{\"configuration\":{\"authentication.token\": %s}}".formatted(word("in a file of JSON")));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> call("GET", "/instances/files", null).body(),
            b -> b.contains("good") && b.contains("broken") && b.contains("wrong"));
  }

  @ParameterizedTest
  @EnumSource
  void no_secret_is_in_a_log_in_an_answer_or_in_clear_in_the_database(TestDatabase kind)
      throws Exception {
    String url = kind.freshUrl();
    Map<String, String> properties = Map.of("watchpost.routes.directory", routes.toString());
    String rows;
    try (TestWatchpost running = new TestWatchpost(url, Clock.systemUTC(), properties).start()) {
      api = Api.of(running.context(), running.watchpost());
      kinds();
      oauth();
      edits();
      badRequests();
      files();
      call("GET", "/instances/event-poller-records", null);
      rows = Rows.all(running.database());
    }
    String stored = kind == TestDatabase.H2 ? TestDatabase.bytes(url) : rows;
    assertThat(stored).as("the search finds what is there").contains(VISIBLE);
    String logged = log.text();
    assertThat(logged).contains("poll instance=").contains("delivery instance=");
    assertThat(answers).anyMatch(answer -> answer.contains("********"));
    String answered = String.join("\n", answers);
    secrets.forEach((name, value) -> absent(name, value, "an answer", answered));
    secrets.putAll(storedOnly);
    secrets.forEach((name, value) -> absent(name, value, "the log", logged));
    String inDatabase = stored + rows;
    secrets.forEach((name, value) -> absent(name, value, "the database", inDatabase));
    kind.drop(url);
  }

  private static void absent(String name, String value, String where, String text) {
    for (String form : forms(value)) {
      int at = text.indexOf(form);
      if (at >= 0) {
        String around = text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 200));
        fail("%s is in %s: %s", name, where, around);
      }
    }
  }

  /** In Base64 at each of the three places where it may begin in a longer text. */
  private static Set<String> forms(String value) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(value);
    forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
    forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    for (String before : List.of("", "a", "ab")) {
      byte[] bytes = (before + value).getBytes(StandardCharsets.UTF_8);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      int first = before.isEmpty() ? 0 : 4;
      forms.add(base64.substring(first, base64.length() - 4));
      forms.add(base64.substring(first, base64.length() - 4).replace('+', '-').replace('/', '_'));
    }
    return forms;
  }
}
