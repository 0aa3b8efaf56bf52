package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.oauth.AuthorizationUrl;
import dev.watchpost.oauth.OAuthFailure;
import dev.watchpost.poll.PollReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole dance of OAuth2 with a server of others and an API that asks it about each token. */
class OAuthTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLBACK = "http://127.0.0.1/callback";
  private static final Duration ACCESS_TOKEN_LIFE = Duration.ofHours(1);

  private static AuthorizationServer server;

  private final SettableClock clock = new SettableClock(Instant.now());
  private String url = TestDatabase.H2.freshUrl();
  private TokenCheckingApi source;
  private TestWatchpost running;

  @BeforeAll
  static void startServer() throws Exception {
    AuthorizationServer.require();
    server = AuthorizationServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    source = new TokenCheckingApi(server);
    server.delay(0);
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    source.close();
  }

  @Test
  void from_consent_to_poll() throws Exception {
    Instance instance = watched("web", code("web"));

    PollReport report = poll(instance);

    assertThat(report.error()).isNull();
    assertThat(report.records()).isEqualTo(1);
    assertThat(source.seen()).hasSize(1).allMatch(header -> header.startsWith("Bearer "));
  }

  @Test
  void tokens_are_masked_in_reports_and_sealed_in_the_store() throws Exception {
    Instance instance = watched("web", code("web"));

    PollReport report =
        running.watchpost().polls().pollNow(instance.id(), "customers", true).get(0);

    String token = lastToken();
    assertThat(report.requests().get(0).headers()).contains("Authorization: Bearer ********");
    assertThat(report.toString()).doesNotContain(token, "web-secret");
    assertThat(stored("tokens")).isNotEmpty().doesNotContain(token);
    assertThat(running.watchpost().instances().find(instance.id()).orElseThrow().configuration())
        .doesNotContainValue(token);
  }

  @Test
  void client_may_authenticate_by_header() throws Exception {
    Instance instance =
        watched("basic", code("basic"), c -> c.put("oauth.client.authentication", "basic"));

    assertThat(poll(instance).error()).isNull();
  }

  @Test
  void client_without_a_secret_proves_itself_by_a_key() throws Exception {
    AuthorizationUrl page = page("public", Map.of("oauth.pkce", "true"));
    String code = server.consent(page.url(), "ada").get("code");
    ObjectNode request =
        request("public", c -> c.put("oauth.pkce", true).remove("oauth.api.secret"));
    request.putObject("providerData").put("code", code).put("codeVerifier", page.codeVerifier());

    assertThat(poll(watched(request)).error()).isNull();
  }

  @Test
  void access_token_is_renewed_before_it_ends_and_the_refresh_token_with_it() throws Exception {
    Instance instance = watched("web", code("web"));
    int before = refreshes();
    for (int life = 0; life < 3; life++) {
      assertThat(poll(instance).error()).isNull();
      clock.advance(ACCESS_TOKEN_LIFE.minusSeconds(30));
    }
    assertThat(poll(instance).error()).isNull();

    assertThat(refreshes() - before).isEqualTo(3);
    assertThat(source.seen()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void access_token_that_is_refused_is_renewed_and_the_request_repeated_once() throws Exception {
    Instance instance = watched("web", code("web"));
    poll(instance);
    String old = lastToken();
    server.end(old);

    PollReport report = poll(instance);

    assertThat(report.error()).isNull();
    assertThat(report.records()).isEqualTo(1);
    assertThat(report.requests()).hasSize(2);
    assertThat(source.seen()).hasSize(3).element(1).isEqualTo("Bearer " + old);
    assertThat(lastToken()).isNotEqualTo(old);
  }

  @Test
  void poll_that_outlasts_its_token_goes_on_with_another() throws Exception {
    Instance instance = watched("web", code("web"), OAuthTest::paged);
    source.beforeAnswer(() -> clock.advance(ACCESS_TOKEN_LIFE));

    PollReport report = poll(instance);

    assertThat(report.error()).isNull();
    assertThat(report.pages()).isEqualTo(2);
    assertThat(source.seen()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void access_token_does_not_follow_a_link_to_another_host() throws Exception {
    Instance instance = watched("web", code("web"), OAuthTest::paged);
    int before = refreshes();
    try (TokenCheckingApi other = new TokenCheckingApi(server)) {
      source.nextPage(other.url() + "/customers?page=2");

      assertThat(poll(instance).error()).startsWith("the source answered 401");
      assertThat(source.seen()).hasSize(1);
      assertThat(other.seen()).containsExactly("null");
      assertThat(refreshes()).as("its 401 says nothing of the token").isEqualTo(before);
    }
  }

  private static void paged(ObjectNode configuration) {
    ObjectNode customers = (ObjectNode) configuration.at("/event.poller.configuration/customers");
    customers.put("url", "/customers?page=1").putObject("pagination").put("type", "link");
  }

  @Test
  void source_that_refuses_the_new_token_as_well_is_asked_no_third_time() throws Exception {
    Instance instance = watched("web", code("web"));
    source.refuseAll();
    int before = refreshes();

    PollReport report = poll(instance);

    assertThat(report.error())
        .isEqualTo("the source answered 401: it does not accept the credentials");
    assertThat(report.requests()).hasSize(2);
    assertThat(refreshes() - before).isEqualTo(1);
  }

  @Test
  void two_polls_at_once_renew_once() throws Exception {
    Instance instance = watched("web", code("web"));
    clock.advance(ACCESS_TOKEN_LIFE);
    int before = refreshes();
    server.delay(500);

    List<PollReport> reports = pollBoth(running, running, instance);

    assertThat(reports).extracting(PollReport::error).containsOnlyNulls();
    assertThat(refreshes() - before).isEqualTo(1);
    assertThat(Collections.frequency(source.seen(), "Bearer " + lastToken())).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void two_processes_at_once_renew_once(TestDatabase database) throws Exception {
    url = database.freshUrl();
    Instance instance = watched("web", code("web"));
    clock.advance(ACCESS_TOKEN_LIFE);
    int before = refreshes();
    server.delay(500);

    try (TestWatchpost other = new TestWatchpost(url, clock, Map.of()).start()) {
      List<PollReport> reports = pollBoth(running, other, instance);

      assertThat(reports).extracting(PollReport::error).containsOnlyNulls();
      assertThat(refreshes() - before).isEqualTo(1);
      assertThat(Collections.frequency(source.seen(), "Bearer " + lastToken())).isEqualTo(2);
    }
  }

  @Test
  void revoked_grant_fails_the_poll_with_one_line_and_a_new_code_mends_it() throws Exception {
    Instance instance = watched("web", code("web"));
    poll(instance);
    server.revoke("web", refreshToken(instance));
    clock.advance(ACCESS_TOKEN_LIFE);

    String line = poll(instance).error();
    assertThat(line)
        .startsWith("the OAuth2 server refused the refresh token (invalid_grant)")
        .endsWith(
            "re-authenticate: PATCH /instances/%d with a new providerData.code, or write it into the instance's file"
                .formatted(instance.id()))
        .hasLineCount(1);
    int asked = server.asked().size();
    assertThat(poll(instance).error()).isEqualTo(line);
    assertThat(server.asked()).as("a dead refresh token is not sent again").hasSize(asked);

    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("providerData").put("code", code("web"));
    running.watchpost().instances().patch(instance.id(), patch);
    assertThat(poll(instance).error()).isNull();
  }

  @Test
  void refresh_token_that_someone_else_has_used_is_told() throws Exception {
    Instance instance = watched("web", code("web"));
    server.call(
        "/token",
        Map.of(
            "grant_type", "refresh_token",
            "refresh_token", refreshToken(instance),
            "client_id", "web",
            "client_secret", "web-secret"));
    clock.advance(ACCESS_TOKEN_LIFE);

    assertThat(poll(instance).error()).contains("(invalid_grant)", "re-authenticate");
  }

  @Test
  void access_token_serves_to_its_end_while_the_server_is_away() throws Exception {
    Instance instance = watched("web", code("web"));
    redirectTokenUrl(instance, server.url() + "/away");
    clock.advance(ACCESS_TOKEN_LIFE.minusSeconds(30));
    assertThat(poll(instance).error()).isNull();

    clock.advance(Duration.ofSeconds(30));
    assertThat(poll(instance).error()).startsWith("the OAuth2 server answered 404");

    redirectTokenUrl(instance, server.url() + "/token");
    assertThat(poll(instance).error()).isNull();
  }

  @Test
  void access_token_without_a_refresh_token_serves_to_its_end() throws Exception {
    Instance instance = watched("once", code("once"));
    clock.advance(ACCESS_TOKEN_LIFE.minusSeconds(1));
    assertThat(poll(instance).error()).isNull();

    clock.advance(Duration.ofSeconds(1));
    assertThat(poll(instance).error())
        .startsWith("the access token has ended and the OAuth2 server gave no refresh token");
  }

  @Test
  void refresh_token_never_goes_to_another_host() throws Exception {
    Instance instance = watched("web", code("web"));
    redirectTokenUrl(instance, source.url() + "/token");
    clock.advance(ACCESS_TOKEN_LIFE);

    assertThat(poll(instance).error())
        .contains("oauth.token.url names another host", "re-authenticate");
    assertThat(source.seen()).isEmpty();
  }

  @Test
  void client_credentials_are_asked_again_when_they_end() throws Exception {
    ObjectNode request = request("machine", c -> c.remove("oauth.callback.url"));
    int before = count("client_credentials given");
    Instance instance = watched(request);
    assertThat(poll(instance).error()).isNull();
    clock.advance(Duration.ofMinutes(10));
    assertThat(poll(instance).error()).isNull();

    assertThat(count("client_credentials given") - before).isEqualTo(2);
  }

  @Test
  void password_grant() throws Exception {
    ObjectNode request =
        request(
            "legacy",
            c ->
                c.put("oauth.grant", "password")
                    .put("authentication.username", "ada")
                    .put("authentication.password", "ada-password"));
    Instance instance = watched(request);
    assertThat(poll(instance).error()).isNull();

    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("configuration").put("authentication.password", "wrong");
    assertThatThrownBy(() -> running.watchpost().instances().patch(instance.id(), patch))
        .isInstanceOf(OAuthFailure.class)
        .hasMessageContaining("user name and password (invalid_grant)");
    assertThat(poll(instance).error()).as("the old password stays").isNull();
  }

  @Test
  void refused_code_stores_nothing() throws Exception {
    ObjectNode request = request("web", c -> {});
    request.putObject("providerData").put("code", "made-up");

    assertThatThrownBy(() -> watched(request))
        .isInstanceOf(OAuthFailure.class)
        .hasMessage("the OAuth2 server refused the code (invalid_grant)");
    request.remove("providerData");
    assertThatThrownBy(() -> watched(request))
        .isInstanceOf(InvalidInstance.class)
        .hasMessageContaining("providerData.code: is missing");
    running = new TestWatchpost(url, clock, Map.of()).start();
    assertThat(running.watchpost().instances().active()).isEmpty();
  }

  @Test
  void code_is_exchanged_once_whatever_else_is_changed() throws Exception {
    Instance instance = watched("web", code("web"));
    int before = server.asked().size();

    ObjectNode patch = JSON.createObjectNode().put("name", "Renamed");
    patch.putObject("providerData").put("code", "********");
    running.watchpost().instances().patch(instance.id(), patch);

    assertThat(server.asked()).hasSize(before);
    assertThat(poll(instance).error()).isNull();
  }

  private void redirectTokenUrl(Instance instance, String tokenUrl) {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("configuration").put("oauth.token.url", tokenUrl);
    running.watchpost().instances().patch(instance.id(), patch);
  }

  private static AuthorizationUrl page(String client, Map<String, String> more) {
    Map<String, String> settings = new java.util.HashMap<>(more);
    settings.put("oauth.api.key", client);
    settings.put("oauth.callback.url", CALLBACK);
    settings.put("oauth.scope", "customers");
    settings.put("oauth.authorization.url", server.url() + "/auth");
    return AuthorizationUrl.of(Catalogue.builtIn().find("rest").orElseThrow(), settings, "s");
  }

  private static String code(String client) throws Exception {
    return server.consent(page(client, Map.of()).url(), "ada").get("code");
  }

  private ObjectNode request(String client, Consumer<ObjectNode> more) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    ObjectNode configuration = request.putObject("configuration");
    configuration
        .put("base.url", source.url())
        .put("oauth.api.key", client)
        .put("oauth.api.secret", client + "-secret")
        .put("oauth.callback.url", CALLBACK)
        .put("oauth.token.url", server.url() + "/token")
        .put("oauth.scope", "customers")
        .put("event.notification.enabled", true)
        .put("event.notification.callback.url", source.url() + "/callback");
    ObjectNode resources = configuration.putObject("event.poller.configuration");
    resources.putObject("customers").put("url", "/customers").put("idField", "id");
    resources.putObject("others").put("url", "/others").put("idField", "id");
    more.accept(configuration);
    return request;
  }

  private Instance watched(String client, String code) throws Exception {
    return watched(client, code, configuration -> {});
  }

  private Instance watched(String client, String code, Consumer<ObjectNode> more) throws Exception {
    ObjectNode request = request(client, more);
    request.putObject("providerData").put("code", code);
    return watched(request);
  }

  private Instance watched(ObjectNode request) throws Exception {
    Instance instance = TestWatchpost.watched(url, clock, request);
    running = new TestWatchpost(url, clock, Map.of()).start();
    return instance;
  }

  private PollReport poll(Instance instance) {
    return poll(running, instance, "customers");
  }

  private static PollReport poll(TestWatchpost watchpost, Instance instance, String resource) {
    return watchpost.watchpost().polls().pollNow(instance.id(), resource, false).get(0);
  }

  private static List<PollReport> pollBoth(
      TestWatchpost one, TestWatchpost other, Instance instance) {
    CompletableFuture<PollReport> first =
        CompletableFuture.supplyAsync(() -> poll(one, instance, "customers"));
    CompletableFuture<PollReport> second =
        CompletableFuture.supplyAsync(() -> poll(other, instance, "others"));
    return List.of(first.join(), second.join());
  }

  private String lastToken() {
    List<String> seen = source.seen();
    return seen.get(seen.size() - 1).replace("Bearer ", "");
  }

  private static int refreshes() throws Exception {
    return count("refresh_token given");
  }

  private static int count(String asked) throws Exception {
    return Collections.frequency(server.asked(), asked);
  }

  private String stored(String column) {
    return running
        .database()
        .read(
            handle ->
                handle
                    .select("select %s from oauth_token".formatted(column))
                    .mapTo(String.class)
                    .one());
  }

  /** Opened as a thief of database and key would. */
  private String refreshToken(Instance instance) throws Exception {
    String json = TestWatchpost.opened(stored("tokens"), "oauth_token.tokens." + instance.id());
    return JSON.readTree(json).path("refresh").asText();
  }
}
