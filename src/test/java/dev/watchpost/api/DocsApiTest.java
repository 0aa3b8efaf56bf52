package dev.watchpost.api;

import static dev.watchpost.api.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsApiTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)<pre><code>(\\{.*?)</code></pre>");
  private static final Pattern CONSENT =
      Pattern.compile("<code>GET (/elements/\\S+/oauth/url\\S+)</code>");
  private static final String TOKEN =
      "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"r\"}";

  private static ApiServer server;

  /** The token url of every provider. */
  private static HttpServer provider;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/",
        exchange -> {
          byte[] body = TOKEN.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    provider.stop(0);
  }

  static List<Element> elements() {
    return Catalogue.builtIn().all();
  }

  private static HttpResponse<String> visit(String path) throws Exception {
    return server.call("GET", path, null, "Accept", "text/html");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/elements/zendesk", "/docs/elements/41"})
  void pages_need_no_credentials_and_load_nothing(String path) throws Exception {
    for (String base : List.of("", "/elements/api-v2")) {
      HttpResponse<String> page = visit(base + path);

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
      assertThat(page.body()).startsWith("<!doctype html>").contains("Zendesk Support");
    }
  }

  @Test
  void page_of_no_element_is_a_404_in_the_form_of_all_errors() throws Exception {
    HttpResponse<String> answer = visit("/docs/elements/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("message").asText()).contains("nothing", "GET /docs");
  }

  @Test
  void catalogue_links_the_page_of_each_element() throws Exception {
    JsonNode elements = json(server.call("GET", "/elements?pageSize=100", null));

    assertThat(elements).hasSize(elements().size());
    for (JsonNode element : elements) {
      assertThat(visit(element.path("docs").asText()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void schema_of_element_files_is_served() throws Exception {
    JsonNode schema = json(visit("/docs/element.schema.json"));

    assertThat(schema.path("properties").has("pollerConfiguration")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("elements")
  void every_example_on_a_page_is_accepted_as_it_stands(Element element) throws Exception {
    List<ObjectNode> examples = examples(visit("/docs/elements/" + element.key()).body());

    assertThat(examples).anyMatch(example -> example.has("element"));
    for (ObjectNode example : examples) {
      boolean whole = example.has("element");
      ObjectNode configuration = (ObjectNode) example.path("configuration");
      if (configuration.has("oauth.api.key")) {
        assertThat(element.oauth() != null || configuration.has("oauth.token.url")).isTrue();
        configuration.put(
            "oauth.token.url", "http://127.0.0.1:" + provider.getAddress().getPort() + "/token");
      }
      HttpResponse<String> created =
          server.call(
              "POST",
              whole ? "/instances" : "/elements/" + element.key() + "/instances",
              example.toString());

      assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
      assertThat(json(created).path("element").path("key").asText()).isEqualTo(element.key());
      if (whole) {
        assertThat(json(created).path("warnings")).as(created.body()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("elements")
  void the_page_of_consent_is_answered_to_what_the_guide_asks_for(Element element)
      throws Exception {
    Matcher asked = CONSENT.matcher(visit("/docs/elements/" + element.key()).body());
    if (!asked.find()) {
      assertThat(element.authentication().contains(AuthenticationType.OAUTH2))
          .as("consent is left out where the element asks with client credentials")
          .isEqualTo(element.withDefaults(Map.of()).containsKey("oauth.grant"));
      return;
    }
    String url =
        asked
            .group(1)
            .replace("&amp;", "&")
            .replace("&#x3D;", "=")
            .replace("callbackUrl=..", "callbackUrl=https://mycoolapp.com")
            .replace("authorization.url=..", "authorization.url=https://auth.example.com")
            .replace("=..", "=x");
    HttpResponse<String> answer = server.call("GET", url, null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("oauthUrl").asText())
        .startsWith("https://")
        .contains("client_id=x");
  }

  /** The whole body, and the part of it that each way to authenticate has of its own. */
  private static List<ObjectNode> examples(String page) throws Exception {
    List<ObjectNode> examples = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(page); block.find(); ) {
      String text =
          block
              .group(1)
              .replaceAll("</?b>", "")
              .replace("&quot;", "\"")
              .replace("&#39;", "'")
              .replace("&#x3D;", "=")
              .replace("&#x60;", "`")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&amp;", "&");
      if (text.contains("\"configuration\"")) {
        examples.add((ObjectNode) new ObjectMapper().readTree(text));
      }
    }
    return examples;
  }
}
