package dev.watchpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubsApiTest {
  private static final String SHOP =
      """
      key: shop
      number: 4711
      hub: ecommerce
      baseUrl: https://api.shop.example
      authentication: bearer
      headers: {X-Tenant: '{tenant}', X-Absent: '{nothing}'}
      hubMapping:
        path: /v1/{resource.underscored}
        where:
          - {field: updated, operators: ['>='], parameter: since, value: '${epoch:s}'}
          - {field: name, operators: ['=', like], parameter: q}
        defaults:
          pageSize: 2
          pagination: {type: offset, parameter: from, sizeParameter: limit}
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ApiServer api;
  private HttpServer provider;
  private volatile Answer answer = exchange -> send(exchange, 200, "[]");

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    api = new ApiServer();
    api.catalogue.apply(Map.of("shop.yaml", SHOP), List.of());
    assertThat(api.catalogue.broken()).isEmpty();
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = exchange.getRequestHeaders();
            asked.add(
                "%s %s | %s | %s | %s"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        headers.getFirst("Authorization"),
                        headers.getFirst("X-Tenant"),
                        headers.getFirst("X-Absent")));
            answer.to(exchange);
          }
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
    api.close();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String url() {
    return "http://127.0.0.1:" + provider.getAddress().getPort();
  }

  /** Its token. */
  private String instance(String element, String settings) throws Exception {
    HttpResponse<String> created =
        api.call(
            "POST",
            "/instances",
            "{\"element\":{\"key\":\"%s\"},\"configuration\":{\"base.url\":\"%s\",%s}}"
                .formatted(element, url(), settings.replace('`', '"')));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    return ApiServer.json(created).path("token").asText();
  }

  private String shop() throws Exception {
    return instance("shop", "`authentication.token`:`t0ken`,`tenant`:`acme`");
  }

  private HttpResponse<String> read(String token, String target) throws Exception {
    return api.call(
        "GET",
        "/elements/api-v2/hubs/" + target,
        null,
        "Authorization",
        ApiServer.AUTHORIZATION + ", Element " + token);
  }

  private static String where(String where) {
    return "?where=" + URLEncoder.encode(where, StandardCharsets.UTF_8);
  }

  @Test
  void a_read_is_mapped_authenticated_and_answers_the_records_as_they_are() throws Exception {
    answer =
        exchange ->
            send(
                exchange,
                200,
                "{\"meta\":{\"n\":1}, \"items\":[{\"name\":\"Ä\",\"price\":1.10,\"id\":null}]}");

    HttpResponse<String> response =
        read(
            shop(),
            "ecommerce/price-lists" + where("updated >= '2026-03-01T12:00:00Z' and name='A+B & c"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("[{\"name\":\"Ä\",\"price\":1.10,\"id\":null}]");
    assertThat(response.headers().firstValue("Elements-Returned-Count")).hasValue("1");
    assertThat(asked)
        .containsExactly(
            "GET /v1/price_lists?since=1772366400&q=A%2BB%20%26%20c&limit=2&from=0"
                + " | Bearer t0ken | acme | null");
  }

  @Test
  void pages_are_handed_on_by_token() throws Exception {
    String token = shop();
    answer =
        exchange ->
            send(
                exchange,
                200,
                exchange.getRequestURI().toString().contains("from=0")
                    ? "[{\"id\":1},{\"id\":2}]"
                    : exchange.getRequestURI().toString().contains("from=2")
                        ? "[{\"id\":3}]"
                        : "[]");

    HttpResponse<String> first = read(token, "ecommerce/orders" + where("name like 'x%'"));
    String next = first.headers().firstValue("Elements-Next-Page-Token").orElseThrow();
    HttpResponse<String> second =
        read(token, "ecommerce/orders" + where("name like 'x%'") + "&nextPage=" + next);

    assertThat(first.body()).isEqualTo("[{\"id\":1},{\"id\":2}]");
    assertThat(second.body()).isEqualTo("[{\"id\":3}]");
    // a short page may be one that the source caps: only an empty one is the end
    next = second.headers().firstValue("Elements-Next-Page-Token").orElseThrow();
    HttpResponse<String> third =
        read(token, "ecommerce/orders" + where("name like 'x%'") + "&nextPage=" + next);
    assertThat(third.body()).isEqualTo("[]");
    assertThat(third.headers().firstValue("Elements-Next-Page-Token")).isEmpty();
    assertThat(asked.get(1)).startsWith("GET /v1/orders?q=x%25&limit=2&from=2 | Bearer t0ken");
  }

  @Test
  void a_page_size_goes_to_the_provider() throws Exception {
    read(shop(), "ecommerce/orders?pageSize=7");

    assertThat(asked.get(0)).startsWith("GET /v1/orders?limit=7&from=0 ");
  }

  @Test
  void what_cannot_be_expressed_is_refused_and_nobody_is_asked() throws Exception {
    String token = shop();

    HttpResponse<String> or = read(token, "ecommerce/orders" + where("name='a' or name='b'"));
    HttpResponse<String> broken = read(token, "ecommerce/orders" + where("name ="));
    HttpResponse<String> hub = read(token, "crm/orders");
    HttpResponse<String> other = read(token, "ecommerce/orders?orderBy=x");
    HttpResponse<String> page = read(token, "ecommerce/orders?nextPage=%2F%2Fevil");
    String elsewhere =
        Base64.getUrlEncoder().encodeToString("//evil.example/x".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> evil = read(token, "ecommerce/orders?nextPage=" + elsewhere);

    assertThat(List.of(or, broken, hub, other, page, evil))
        .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(400));
    assertThat(message(or))
        .contains("position 10", "'or' cannot be asked of 'orders'", "updated >=, name =|like");
    assertThat(message(broken)).contains("position 7", "expected a value");
    assertThat(message(hub)).contains("found hub 'crm'; write /hubs/ecommerce/orders");
    assertThat(message(other)).contains("'orderBy'", "pageSize");
    assertThat(message(page)).contains("not a token of a page");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_setting_is_never_filled_into_what_a_caller_asks() throws Exception {
    read(shop(), "ecommerce/orders" + where("name='{authentication.token} ${date}'"));

    assertThat(asked.get(0))
        .contains("q=%7Bauthentication.token%7D%20%24%7Bdate%7D&")
        .doesNotContain("q=t0ken");
  }

  @Test
  void a_provider_that_fails_is_502_with_its_own_words_and_no_secret() throws Exception {
    String token = shop();
    answer = exchange -> send(exchange, 422, "{\"error\":\"since of t0ken is  wrong\"}");
    HttpResponse<String> refused = read(token, "ecommerce/orders");
    answer = exchange -> send(exchange, 200, "<html>");
    HttpResponse<String> html = read(token, "ecommerce/orders");
    answer = exchange -> send(exchange, 401, "");
    HttpResponse<String> unauthorized = read(token, "ecommerce/orders");
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Location", "ftp://127.0.0.1/x");
          send(exchange, 302, "");
        };
    HttpResponse<String> elsewhere = read(token, "ecommerce/orders");
    answer = exchange -> send(exchange, 304, "");
    HttpResponse<String> unchanged = read(token, "ecommerce/orders");
    provider.stop(0);
    HttpResponse<String> gone = read(token, "ecommerce/orders");

    assertThat(List.of(refused, html, unauthorized, elsewhere, unchanged, gone))
        .allSatisfy(
            response -> {
              assertThat(response.statusCode()).isEqualTo(502);
              assertThat(message(response)).isEqualTo("'orders' could not be read");
            });
    assertThat(provider(refused))
        .contains("answered 422", "{\"error\":\"since of ******** is wrong\"}");
    assertThat(provider(html)).contains("HTML");
    assertThat(provider(unauthorized)).contains("answered 401");
    assertThat(provider(elsewhere)).contains("no http url");
    assertThat(provider(unchanged)).contains("answered 304");
    assertThat(provider(gone)).containsAnyOf("no connection", "broke off");
  }

  @Test
  void redirects_are_followed_without_credentials_elsewhere() throws Exception {
    String token = shop();
    String other = url().replace("127.0.0.1", "localhost") + "/elsewhere";
    answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
            send(exchange, 200, "[{\"id\":1}]");
          } else {
            exchange.getResponseHeaders().set("Location", other);
            send(exchange, 307, "");
          }
        };

    assertThat(read(token, "ecommerce/orders").body()).isEqualTo("[{\"id\":1}]");
    assertThat(asked.get(1)).isEqualTo("GET /elsewhere | null | null | null");
  }

  @Test
  void open_connectors_is_asked_as_it_is_and_its_cursor_handed_on() throws Exception {
    String token =
        instance(
            "openconnectors",
            "`openconnectors.user`:`u=`,`openconnectors.organization`:`o`,`openconnectors.element`:`e/+=`");
    answer =
        exchange -> {
          if (!exchange.getRequestURI().toString().contains("nextPage")) {
            exchange.getResponseHeaders().set("elements-next-page-token", "abc=");
          }
          send(exchange, 200, "[{\"id\":1}]");
        };

    HttpResponse<String> first =
        read(
            token, "crm/accounts?pageSize=1&where=" + "ChangedOn%3E%3D%272026-03-01T00%3A00%3A00Z");
    String next = first.headers().firstValue("Elements-Next-Page-Token").orElseThrow();
    HttpResponse<String> second = read(token, "crm/accounts?nextPage=" + next);

    assertThat(second.headers().firstValue("Elements-Next-Page-Token")).isEmpty();
    assertThat(asked)
        .containsExactly(
            "GET /hubs/crm/accounts?pageSize=1&where=ChangedOn%3E%3D%272026-03-01T00%3A00%3A00Z"
                + " | User u=, Organization o, Element e/+= | null | null",
            "GET /hubs/crm/accounts?pageSize=1&where=ChangedOn%3E%3D%272026-03-01T00%3A00%3A00Z&nextPage=abc%3D"
                + " | User u=, Organization o, Element e/+= | null | null");
  }

  @Test
  void the_catalogue_tells_what_can_be_asked() throws Exception {
    JsonNode sage =
        ApiServer.json(api.call("GET", "/elements/3458/metadata", null)).path("hubUrls");
    JsonNode connectors =
        ApiServer.json(api.call("GET", "/elements/openconnectors/metadata", null)).path("hubUrls");

    assertThat(sage.findValuesAsText("url"))
        .contains("/hubs/finance/customers", "/hubs/finance/{resource}");
    assertThat(sage.get(0).path("where").toString())
        .isEqualTo("[\"lastModifiedDate >=\",\"deletedDate >\",\"attributes =\"]");
    assertThat(connectors.toString())
        .isEqualTo("[{\"url\":\"/hubs/{hub}/{resource}\",\"where\":null}]");
  }

  @Test
  void without_an_element_token_there_is_nothing_to_read() throws Exception {
    assertThat(api.call("GET", "/hubs/ecommerce/orders", null).statusCode()).isEqualTo(401);
  }

  private static String message(HttpResponse<String> response) throws IOException {
    return field(response, "message");
  }

  private static String provider(HttpResponse<String> response) throws IOException {
    return field(response, "providerMessage");
  }

  private static String field(HttpResponse<String> response, String name) throws IOException {
    JsonNode body = new ObjectMapper().readTree(response.body());
    return body.path(name).asText();
  }
}
