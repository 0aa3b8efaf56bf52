package dev.watchpost.api;

import static dev.watchpost.api.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.AuthorizationServer;
import dev.watchpost.instance.InstanceQuery;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Creating instances of an OAuth2 server over REST. */
class OAuthApiTest {
  private static final String CALLBACK = "http://127.0.0.1/callback";

  private static AuthorizationServer provider;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    AuthorizationServer.require();
    provider = AuthorizationServer.start();
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      provider.close();
    }
  }

  private static String instance(String tokenUrl, String code) {
    return """
        {"element": {"key": "rest"}, "providerData": {"code": "%s"},
         "configuration": {"base.url": "http://127.0.0.1:9", "oauth.api.key": "web",
           "oauth.api.secret": "web-secret", "oauth.callback.url": "%s", "oauth.token.url": "%s"}}
        """
        .formatted(code, CALLBACK, tokenUrl);
  }

  private static String oauthUrl() throws Exception {
    HttpResponse<String> answer =
        server.call(
            "GET",
            "/elements/api-v2/elements/rest/oauth/url?apiKey=web&apiSecret=x&scope=customers&state=s1&callbackUrl="
                + encoded(CALLBACK)
                + "&oauth.authorization.url="
                + encoded(provider.url() + "/auth"),
            null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("element").asText()).isEqualTo("rest");
    assertThat(json(answer).has("codeVerifier")).isFalse();
    return json(answer).path("oauthUrl").asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void person_consents_at_the_oauth_url_and_the_code_makes_an_instance() throws Exception {
    var callback = provider.consent(oauthUrl(), "ada");
    assertThat(callback).containsEntry("state", "s1");

    HttpResponse<String> created =
        server.call(
            "POST", "/instances", instance(provider.url() + "/token", callback.get("code")));

    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    assertThat(json(created).at("/configuration/oauth.api.secret").asText()).isEqualTo("********");
    assertThat(created.body()).doesNotContain("web-secret", callback.get("code"));
  }

  @Test
  void refused_code_is_told_in_the_form_of_errors_and_stores_nothing() throws Exception {
    long before = stored();
    HttpResponse<String> refused =
        server.call("POST", "/instances", instance(provider.url() + "/token", "made-up"));

    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode body = json(refused);
    assertThat(body.path("message").asText())
        .isEqualTo("the OAuth2 server refused the code (invalid_grant)");
    assertThat(body.path("providerMessage").asText()).isNotBlank();
    assertThat(body.path("requestId").asText()).isNotBlank();
    assertThat(refused.body()).doesNotContain("web-secret", "made-up");
    assertThat(stored()).isEqualTo(before);
  }

  private static long stored() {
    return server.instances.list(InstanceQuery.first(1)).total();
  }

  @Test
  void server_that_cannot_be_reached_is_a_bad_gateway() throws Exception {
    HttpResponse<String> refused =
        server.call("POST", "/instances", instance("http://127.0.0.1:9/token", "c"));

    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(json(refused).path("message").asText())
        .startsWith("the OAuth2 server at 127.0.0.1 cannot be reached");
  }

  @Test
  void token_url_inside_our_network_is_refused() throws Exception {
    HttpResponse<String> refused =
        server.call("POST", "/instances", instance("http://169.254.169.254/token", "c"));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("message").asText()).contains("oauth.token.url", "169.254");
  }

  @Test
  void settings_that_cannot_work_are_told_with_their_path() throws Exception {
    HttpResponse<String> refused =
        server.call(
            "POST",
            "/instances",
            """
            {"element": "rest", "configuration": {"base.url": "https://api.example.com",
              "authentication.type": "oauth2", "oauth.grant": "implicit", "oauth.api.key": "k",
              "oauth.token.url": "ftp://login.example.com", "oauth.client.authentication": "header"}}
            """);

    assertThat(json(refused).path("errors"))
        .extracting(problem -> problem.path("path").asText())
        .contains(
            "configuration.oauth.grant",
            "configuration.oauth.api.secret",
            "configuration.oauth.token.url",
            "configuration.oauth.client.authentication");
  }

  @Test
  void metadata_of_an_element_say_how_its_oauth_server_is_asked() throws Exception {
    JsonNode oauth = json(server.call("GET", "/elements/sageone/metadata", null)).path("oauth");

    assertThat(oauth.path("authorizationUrl").asText()).startsWith("https://");
    assertThat(oauth.path("grants").toString()).isEqualTo("[\"authorization_code\"]");
    assertThat(oauth.path("clientAuthentication").asText()).isEqualTo("body");
  }

  @Test
  void oauth_url_may_be_asked_with_a_body_and_names_what_is_missing() throws Exception {
    HttpResponse<String> asked =
        server.call(
            "POST",
            "/elements/rest/oauth/url",
            """
            {"apiKey": "public", "callbackUrl": "%s", "oauth.pkce": true,
             "oauth.authorization.url": "https://login.example.com/auth?tenant=a"}
            """
                .formatted(CALLBACK));
    assertThat(json(asked).path("oauthUrl").asText())
        .startsWith("https://login.example.com/auth?")
        .contains("tenant=a", "code_challenge_method=S256", "state=rest", "client_id=public");
    assertThat(json(asked).path("codeVerifier").asText()).hasSize(43);

    HttpResponse<String> refused = server.call("GET", "/elements/rest/oauth/url?apiKey=web", null);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("message").asText()).startsWith("callbackUrl: is missing");
    refused = server.call("GET", "/elements/nothing/oauth/url", null);
    assertThat(refused.statusCode()).isEqualTo(404);
  }
}
