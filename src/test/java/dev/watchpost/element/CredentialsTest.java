package dev.watchpost.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final Element REST = Catalogue.builtIn().find("rest").orElseThrow();
  private static final URI URL = URI.create("https://api.example.com/things");

  private static Credentials of(Map<String, String> settings) {
    return Credentials.of(REST, settings, URL, null);
  }

  @Test
  void scheme_is_worked_out_from_the_keys() {
    Credentials basic = of(Map.of("authentication.username", "u", "authentication.password", "p"));
    assertThat(basic.forRequest(URL).headers()).containsEntry("Authorization", "Basic dTpw");
    assertThat(basic.secrets()).containsExactlyInAnyOrder("dTpw", "p");
    Credentials bearer = of(Map.of("authentication.token", "t"));
    assertThat(bearer.forRequest(URL).headers()).containsEntry("Authorization", "Bearer t");
    Credentials key = of(Map.of("authentication.key", "k"));
    assertThat(key.forRequest(URL).headers()).containsEntry("X-API-Key", "k");
    assertThat(of(Map.of()).forRequest(URL).headers()).isEmpty();
  }

  @Test
  void an_access_token_is_sent_where_it_belongs_and_masked() {
    Map<String, String> settings =
        Map.of("oauth.api.key", "client", "oauth.token.url", "https://login.example.com/token");
    Credentials oauth =
        Credentials.of(REST, settings, URL, new AccessToken("t0ken", null, Map.of()));

    assertThat(CredentialsCheck.type(REST, settings)).isEqualTo(AuthenticationType.OAUTH2);
    assertThat(oauth.forRequest(URL).headers()).containsEntry("Authorization", "Bearer t0ken");
    assertThat(oauth.secrets()).containsExactly("t0ken");
    assertThat(oauth.forRequest(URI.create("https://login.example.com/")).headers()).isEmpty();
  }

  @Test
  void headers_of_ones_own_go_with_any_type_and_only_home() {
    Credentials custom =
        of(Map.of("authentication.headers", "{\"X-Tenant\":\"acme\"}", "authentication.key", "k"));

    assertThat(custom.forRequest(URL).headers())
        .containsOnly(Map.entry("X-Tenant", "acme"), Map.entry("X-API-Key", "k"));
    assertThat(custom.secrets()).containsExactlyInAnyOrder("acme", "k");
    assertThat(custom.forRequest(URI.create("https://other.example.com")).headers()).isEmpty();
    assertThat(problems(Map.of("authentication.headers", "{\"Host\":\"s3cret\"}")).toString())
        .contains("authentication.headers", "'Host'")
        .doesNotContain("s3cret");
    assertThat(problems(Map.of("authentication.headers", "s3cret")).toString())
        .contains("no JSON object")
        .doesNotContain("s3cret");
  }

  @Test
  void name_of_a_header_is_that_of_a_key_only() {
    Map<String, String> named = Map.of("authentication.name", "X-Key", "authentication.token", "t");
    assertThat(of(named).forRequest(URL).headers()).containsOnlyKeys("Authorization");
    assertThat(
            of(Map.of("authentication.name", "X-Key", "authentication.key", "k"))
                .forRequest(URL)
                .headers())
        .containsOnlyKeys("X-Key");
  }

  @Test
  void key_may_go_in_the_query() {
    Credentials key =
        of(
            Map.of(
                "authentication.key",
                "k",
                "authentication.in",
                "query",
                "authentication.name",
                "a"));

    assertThat(key.forRequest(URL).query()).containsExactly(Map.entry("a", "k"));
    assertThat(key.forRequest(URL)).hasToString("Added[headers=[], query=[a]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com.evil.example/",
        "http://api.example.com/",
        "https://api.example.com:8443/",
        "https://sub.api.example.com/",
        "/relative",
      })
  void another_origin_gets_nothing(String url) {
    Credentials token = of(Map.of("authentication.token", "t"));

    assertThat(token.forRequest(URI.create(url)).headers()).isEmpty();
    assertThat(token.forRequest(URI.create("HTTPS://API.example.com:443/x")).headers())
        .isNotEmpty();
  }

  @Test
  void base_url_is_where_they_belong_whatever_the_resource_says() {
    Credentials token = of(Map.of("authentication.token", "t", "base.url", "https://home/v1"));

    assertThat(token.forRequest(URL).headers()).isEmpty();
    assertThat(token.forRequest(URI.create("https://home/v1/x")).headers()).isNotEmpty();
  }

  @Test
  void what_cannot_work_together_is_told_without_the_secret() {
    assertThat(problems(Map.of("authentication.type", "basic")))
        .containsOnlyKeys("authentication.username");
    assertThat(problems(Map.of("authentication.token", "t", "authentication.key", "k")))
        .containsOnlyKeys("authentication.type");
    assertThat(problems(Map.of("authentication.token", "s3cret\n")).toString())
        .contains("authentication.token")
        .doesNotContain("s3cret");
    assertThat(problems(Map.of("authentication.token", "t", "authentication.in", "query")))
        .containsOnlyKeys("authentication.in");
  }

  private static Map<String, String> problems(Map<String, String> settings) {
    Map<String, String> problems = new HashMap<>();
    CredentialsCheck.check(REST, settings, problems::put, (key, message) -> {});
    return problems;
  }
}
