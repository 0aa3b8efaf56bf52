package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.LoopbackServer;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Addresses and tricks, on every way by which a url comes in: POST /instances, a poll, its
 * redirects, next links and next urls, a callback, an OAuth2 token url. Everything in 127.0.0.2/32
 * may be connected to, nothing else that is private; a listener on all addresses of this machine
 * must never see a connection.
 */
@Timeout(120)
class SafetyMatrixTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESOURCE = "`url`:`%s`,`idField`:`id`,`startFrom`:`beginning`";

  private static final String NEXT_URL = "`type`:`nextUrl`,`path`:`next`";

  private static TestWatchpost watchpost;
  private static Api api;
  private static LoopbackServer source;
  private static ServerSocketChannel everywhere;
  private static volatile String target;
  private static volatile String hooked;
  private static volatile String asked;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> properties =
        Map.of(
            "watchpost.network.allow", "127.0.0.2/32, metadata.google.internal, 169.254.0.0/16",
            "watchpost.delivery.retry-schedule", "1h");
    watchpost =
        new TestWatchpost(TestDatabase.H2.freshUrl(), Clock.systemUTC(), properties).start();
    api = Api.of(watchpost.context(), watchpost.watchpost());
    source = new LoopbackServer("127.0.0.2", SafetyMatrixTest::answer);
    everywhere = ServerSocketChannel.open();
    everywhere.bind(new InetSocketAddress("::", 0));
    everywhere.configureBlocking(false);
  }

  @AfterAll
  static void stop() throws Exception {
    watchpost.close();
    source.close();
    everywhere.close();
  }

  private static void answer(HttpServerRequest request) {
    var response = request.response().putHeader("Content-Type", "application/json");
    switch (request.path()) {
      case "/redirect" -> response.setStatusCode(302).putHeader("Location", target).end();
      case "/link" ->
          response.putHeader("Link", "<" + target + ">; rel=\"next\"").end("[{\"id\":1}]");
      case "/nextUrl" ->
          response.end(
              JSON.createObjectNode()
                  .put("next", target)
                  .set("items", JSON.createArrayNode().add(JSON.createObjectNode().put("id", 1)))
                  .toString());
      case "/hook" -> {
        hooked = request.getHeader("X-T");
        response.end();
      }
      case "/headers" -> {
        asked = request.headers().entries().toString();
        response.end("[]");
      }
      default -> response.end("[{\"id\":1}]");
    }
  }

  private static int port() throws Exception {
    return ((InetSocketAddress) everywhere.getLocalAddress()).getPort();
  }

  private static WatchRequest request(String path) {
    return new WatchRequest(source.url(), source.url(), RESOURCE.formatted(path));
  }

  private static long created(WatchRequest request) throws Exception {
    return api.send("POST", "/instances", request.json().toString()).path("id").asLong();
  }

  /** It may be polled by itself at the same time. */
  private static String polled(long id) {
    return await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> api.call("POST", "/instances/" + id + "/poll", null).body(),
            answer -> !answer.contains("is being polled right now"));
  }

  private static void pollFails(long id, String words) {
    assertThat(polled(id)).contains(words);
  }

  /** What came of the only event's delivery. */
  private static void deliveryFails(long id, String words) throws Exception {
    polled(id);
    JsonNode events = api.get("/instances/" + id + "/events");
    String event = "/instances/" + id + "/events/" + events.path(0).path("eventId").asText();
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(api.get(event).toString()).contains(words));
  }

  private static void nobodyCame() throws Exception {
    try (SocketChannel came = everywhere.accept()) {
      assertThat(came).as("a connection").isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.1/ | unusual form",
        "http://0x7f.1/ | unusual form",
        "http://0x7f000001/ | unusual form",
        "http://2130706433/ | unusual form",
        "http://017700000001/ | unusual form",
        "http://0177.0.0.1/ | unusual form",
        "http://127.0.0.1./ | unusual form",
        "http://1.2.3.4.5/ | unusual form",
        "http://0.0.0.0/ | unspecified address",
        "http://[::]/ | unspecified address",
        "http://[::ffff:0.0.0.0]/ | unspecified address",
        "http://169.254.169.254/latest/meta-data | cloud metadata address",
        "http://[::ffff:169.254.169.254]/ | cloud metadata address",
        "http://[::ffff:a9fe:a9fe]/ | cloud metadata address",
        "http://[64:ff9b::a9fe:a9fe]/ | cloud metadata address",
        "http://[64:ff9b:1:a9fe:a9:fe00::]/ | cloud metadata address",
        "http://[2002:a9fe:a9fe::]/ | cloud metadata address",
        "http://[2001:0:5ef5:79fd:0:0:5601:5601]/ | cloud metadata address",
        "http://[fd00:ec2::254]/ | cloud metadata address",
        "http://100.100.100.200/ | cloud metadata address",
        "http://metadata.google.internal/ | cloud metadata service",
        "http://METADATA.google.internal./computeMetadata/v1/ | cloud metadata service",
        "http://169.254.1.1/ | link-local address",
        "http://[fe80::1]/ | link-local address",
        "http://224.0.0.1/ | multicast address",
        "http://[ff02::1]/ | multicast address",
        "http://255.255.255.255/ | broadcast address",
        "http://240.0.0.1/ | reserved address",
        "http://user:pw@api.example.com/ | user before '@'",
        "http://127.0.0.2@evil.example.com/ | user before '@'",
        "http://api.example.com\\@evil.example.com/ | host cannot be",
        "http://api.example.com\\evil/ | host cannot be",
        "http://[fe80::1%25eth0]/ | host cannot be",
        "http://%31%32%37.0.0.1/ | host",
        "http://api.example.com:99999/ | host cannot be",
        "http://api_example_com/ | host must be a name",
        "http:///customers | names no host",
        "http:127.0.0.1/ | names no host",
        "ftp://api.example.com/ | http:// or https://",
        "file:///etc/passwd | http:// or https://",
        "gopher://api.example.com/ | http:// or https://",
        "jar:http://api.example.com/!/ | http:// or https://",
        "javascript:alert(1) | http:// or https://"
      })
  void url_that_can_never_be_asked_is_refused_at_post(String url, String words) throws Exception {
    refused(request("/x").set("base.url", url), "configuration.base.url", words);
    refused(
        request("/x").resource(RESOURCE.formatted(url.replace("\\", "\\\\"))),
        "configuration.event.poller.configuration.customers.url",
        words);
    refused(
        request("/x").set("event.notification.callback.url", url),
        "configuration.event.notification.callback.url",
        url.startsWith("http") ? words : "schemes the operator allows");
    nobodyCame();
  }

  private static void refused(WatchRequest request, String path, String words) throws Exception {
    HttpResponse<String> answer = api.call("POST", "/instances", request.json().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("errors").path(0);
    assertThat(error.path("path").asText()).isEqualTo(path);
    assertThat(error.path("message").asText()).contains(words).doesNotContain("pw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.3",
        "localhost",
        "LocalHost",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "[fd12:3456::1]",
        "[fec0::1]",
        "198.18.0.1"
      })
  void address_that_is_not_listed_is_refused_on_every_way(String host) throws Exception {
    target = "http://%s:%d/x".formatted(host, port());
    List<Long> polled =
        List.of(
            created(request("/x").set("base.url", target)),
            created(request(target)),
            created(request("/redirect")),
            created(request("/link").resource(paged("/link", "`type`:`link`"))),
            created(request("/nextUrl").resource(paged("/nextUrl", NEXT_URL))));
    String unlisted = "watchpost.network.allow";
    for (long id : polled) {
      pollFails(id, unlisted);
    }
    tokenUrlRefused(unlisted);
    callbackRefused(unlisted);
    nobodyCame();
  }

  private static String paged(String path, String pagination) {
    return RESOURCE.formatted(path) + ",`pagination`:{" + pagination + "}";
  }

  private static void tokenUrlRefused(String words) throws Exception {
    WatchRequest request =
        request("/x")
            .set("authentication.type", "oauth2")
            .set("oauth.grant", "client_credentials")
            .set("oauth.api.key", "client")
            .set("oauth.api.secret", "secret")
            .set("oauth.token.url", target);
    HttpResponse<String> answer = api.call("POST", "/instances", request.json().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("oauth.token.url").contains(words);
  }

  private static void callbackRefused(String words) throws Exception {
    deliveryFails(created(request("/x").set("event.notification.callback.url", target)), words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "http://[fe80::1]/",
        "http://metadata.google.internal/",
        "//169.254.169.254/",
        "\\\\169.254.169.254/",
        "http://0x7f.1/",
        "http://127.0.0.2@169.254.169.254/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http:///"
      })
  void answer_that_leads_where_no_setting_allows_ends_the_poll(String to) throws Exception {
    target = to;
    long redirected = created(request("/redirect"));
    long paged = created(request("/nextUrl").resource(paged("/nextUrl", NEXT_URL)));
    pollFails(redirected, "redirects to a url that is none");
    pollFails(paged, "next page's url is n");
    nobodyCame();
  }

  @Test
  void callback_is_never_redirected() throws Exception {
    target = "http://127.0.0.1:%d/x".formatted(port());
    String redirecting = source.url() + "/redirect";
    deliveryFails(
        created(request("/x").set("event.notification.callback.url", redirecting)),
        "the callback answered 302");
    nobodyCame();
  }

  @Test
  void the_listener_would_see_a_connection() throws Exception {
    try (SocketChannel one =
            SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port()));
        SocketChannel came = everywhere.accept()) {
      assertThat(one.isConnected()).isTrue();
      assertThat(came).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host | evil.example.com | connection sets itself",
        "hOsT | evil.example.com | connection sets itself",
        "Content-Length | 0 | connection sets itself",
        "Transfer-Encoding | chunked | connection sets itself",
        "CamelHttpUri | http://127.0.0.1/ | remove it",
        "CamelRestHttpUri | http://127.0.0.1/ | remove it",
        "Watchpost-Target | /evil | remove it",
        "X-Name | a\\r\\nX-Evil: 1 | line break",
        "X-Name | a\\nX-Evil: 1 | line break",
        "X-Name | a\\u0000b | line break",
        "X Name | a | no name of a header",
        "X-Name\\r\\nX-Evil | a | no name of a header",
        "X-Name: | a | no name of a header"
      })
  void header_that_would_change_the_request_is_refused(String name, String value, String words)
      throws Exception {
    String headers = "{\"%s\":\"%s\"}".formatted(name, value);
    for (String key :
        new String[] {"event.notification.callback.headers", "authentication.headers"}) {
      HttpResponse<String> answer =
          api.call("POST", "/instances", request("/x").set(key, headers).json().toString());
      assertThat(answer.statusCode()).as(key).isEqualTo(400);
      assertThat(answer.body()).contains(key).contains(words);
    }
    String resource = RESOURCE.formatted("/x") + ",`headers`:" + headers;
    HttpResponse<String> answer =
        api.call("POST", "/instances", request("/x").resource(resource).json().toString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("headers").contains(words);
  }

  @Test
  void digits_of_other_scripts_are_the_address_a_browser_would_ask() throws Exception {
    target = "http://１２７.０.０.１:%d/x".formatted(port());
    pollFails(created(request("/x").set("base.url", target)), "127.0.0.1 is a loopback address");
    deliveryFails(
        created(request("/x").set("event.notification.callback.url", target)),
        "127.0.0.1 is a loopback address");
    nobodyCame();
  }

  @Test
  void text_that_camel_would_resolve_stays_text() throws Exception {
    String trick = "{{env:PATH}}${sys.user.dir}${env:PATH}${header.x}";
    ObjectNode body =
        request("/x?q={a.setting}")
            .resource(RESOURCE.formatted("/x?q={a.setting}") + ",`headers`:{`X-T`:`{a.setting}`}")
            .set("a.setting", trick)
            .set("event.notification.callback.headers", "{\"X-T\":\"" + trick + "\"}")
            .set("event.notification.callback.url", source.url() + "/hook")
            .json();
    body.put("name", trick).putArray("tags").add(trick);
    HttpResponse<String> answer = api.call("POST", "/instances", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String asked = polled(JSON.readTree(answer.body()).path("id").asLong());
    assertThat(asked).contains("X-T: " + trick).contains("?q={{env:PATH}}${sys.user.dir}");
    await().untilAsserted(() -> assertThat(hooked).as("the callback's header").isEqualTo(trick));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{env:PATH}}", "a%25{{{camel.version}}}", "100%{{", "${sys.user.dir}"})
  void resource_whose_name_camel_would_resolve_is_polled_under_that_name(String name)
      throws Exception {
    ObjectNode body = request("/x").json();
    ((ObjectNode) body.path("configuration"))
        .put(
            "event.poller.configuration",
            "{\"%s\":{\"url\":\"/x\",\"idField\":\"id\"}}".formatted(name));
    long id = api.send("POST", "/instances", body.toString()).path("id").asLong();
    assertThat(polled(id)).contains("\"resource\":\"" + name + "\"").contains("\"error\":null");
    assertThat(watchpost.context().getRoutes().stream().map(Route::getRouteId))
        .filteredOn(route -> route.startsWith("poll-" + id + "-"))
        .singleElement()
        .asString()
        .doesNotContain(System.getenv("PATH"), System.getProperty("user.dir"));
  }

  @Test
  void line_break_in_a_setting_that_fills_a_header_makes_no_second_header() throws Exception {
    long id =
        created(
            request("/x")
                .resource(RESOURCE.formatted("/headers") + ",`headers`:{`X-T`:`{a.setting}`}")
                .set("a.setting", "a\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1"));
    polled(id);
    assertThat(asked).isNotNull().doesNotContain(", X-Evil=").contains("GET /evil");
  }
}
