package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through camel-http, as the routes use it. */
@Timeout(30)
class GuardedHttpTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String OPTIONS =
      "throwExceptionOnFailure=false&disableStreamCache=true&clearExpiredCookies=false";
  private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final CamelContext camel = new DefaultCamelContext();
  private final Map<String, Producer> producers = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    AddressPolicy loopback = AddressPolicy.allowing("127.0.0.0/8");
    camel.start();
    add("open", GuardedHttp.forPolls(loopback, SECOND));
    add("closed", GuardedHttp.forPolls(AddressPolicy.allowing(""), SECOND));
    add("callback", GuardedHttp.forCallbacks(loopback, SECOND, SECOND));
  }

  private void add(String name, GuardedHttp http) throws Exception {
    camel.getRegistry().bind(name + "Connections", http.connections());
    camel.getRegistry().bind(name + "Configurer", http.configurer());
    String uri =
        "http://%s?clientConnectionManager=#%1$sConnections&httpClientConfigurer=#%1$sConfigurer&%s";
    Producer producer = camel.getEndpoint(uri.formatted(name, OPTIONS)).createProducer();
    producer.start();
    producers.put(name, producer);
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void body_arrives_while_it_is_still_being_sent() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    RawServer.Answer halves =
        out -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
          firstRead.await(10, TimeUnit.SECONDS);
          return RawServer.write(out, "later");
        };
    try (RawServer server = new RawServer(halves)) {
      Exchange answer = get("open", server.url() + "/");
      InputStream body = answer.getMessage().getBody(InputStream.class);
      assertThat(body.readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("first");
      firstRead.countDown();
      assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("later");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x?where=lastModifiedDate>=%272026-11-24T00:00:00Z%27%20and%20a=%2B+b",
        "/a~b/%7Ec?q=~x|y^z`&r={s}&t=[u]&v=\\w",
        "/a;b=c/%2F/../d//e?f=%C3%A9&g=%zz&h=100%",
        "/x?y={{camel.version}}",
        "//x",
        "/?"
      })
  void target_goes_over_the_wire_byte_for_byte(String target) throws Exception {
    try (RawServer server = RawServer.answering(EMPTY)) {
      assertThat(get("open", server.url() + target).getException()).isNull();
      List<String> request = server.request();
      assertThat(request.get(0)).isEqualTo("GET " + target + " HTTP/1.1");
      assertThat(request).noneMatch(line -> line.startsWith(WebAddress.TARGET));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"})
  void loopback_in_any_form_is_refused_before_connecting(String host) throws Exception {
    try (RawServer server = RawServer.answering(EMPTY)) {
      String url = server.url().replace("127.0.0.1", host);
      assertThat(get("closed", url + "/").getException())
          .isInstanceOf(AddressRefused.class)
          .hasMessageContaining("watchpost.network.allow");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void gzip_is_unpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("[1,2]".getBytes(StandardCharsets.UTF_8));
    }
    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n";
    try (RawServer server =
        RawServer.answering(
            head.formatted(packed.size()) + packed.toString(StandardCharsets.ISO_8859_1))) {
      Exchange answer = get("open", server.url() + "/");
      assertThat(answer.getMessage().getBody(InputStream.class).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("[1,2]");
      assertThat(server.request()).anyMatch(line -> line.startsWith("Accept-Encoding: gzip"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "callback"})
  void server_that_says_nothing_is_given_up(String client) throws Exception {
    try (RawServer server = new RawServer(out -> neverReturn())) {
      assertThat(get(client, server.url() + "/").getException())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "callback"})
  void server_that_drips_headers_is_given_up(String client) throws Exception {
    try (RawServer server = new RawServer(out -> drip(out, "HTTP/1.1 200 OK\r\nX: "))) {
      assertThat(get(client, server.url() + "/").getException())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("within 1.0 s");
    }
  }

  @Test
  void callback_answer_that_drips_its_body_is_given_up() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    try (RawServer server = new RawServer(out -> drip(out, head))) {
      InputStream body =
          get("callback", server.url() + "/").getMessage().getBody(InputStream.class);
      assertThatThrownBy(body::readAllBytes)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("within 1.0 s");
    }
  }

  @Test
  void poll_may_take_longer_than_its_timeout_while_bytes_arrive() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n";
    try (RawServer server = new RawServer(out -> drip(out, head))) {
      InputStream body = get("open", server.url() + "/").getMessage().getBody(InputStream.class);
      assertThat(body.readAllBytes()).hasSize(20);
    }
  }

  @Test
  void endless_body_can_be_closed() throws Exception {
    RawServer.Answer endless =
        out -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
          while (true) {
            out.write(new byte[8192]);
          }
        };
    try (RawServer server = new RawServer(endless)) {
      InputStream body = get("open", server.url() + "/").getMessage().getBody(InputStream.class);
      assertThat(body.readNBytes(100)).hasSize(100);
      body.close();
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void connection_serves_again_after_a_body_read_up_to_its_last_chunk() throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n";
    try (RawServer server = RawServer.answering(chunked)) {
      for (int i = 0; i < 5; i++) {
        InputStream body = get("open", server.url() + "/").getMessage().getBody(InputStream.class);
        assertThat(body.readNBytes(2)).hasSize(2);
        body.close();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void redirects_cookies_and_challenges_are_left_alone() throws Exception {
    String head = "HTTP/1.1 %s\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n";
    for (String status :
        List.of("302 Found\r\nLocation: /other", "401 No\r\nWWW-Authenticate: Basic realm=x")) {
      try (RawServer server = RawServer.answering(head.formatted(status) + "\r\n")) {
        get("open", server.url() + "/");
        get("open", server.url() + "/");
        server.request();
        assertThat(server.request())
            .startsWith("GET / HTTP/1.1")
            .noneMatch(line -> line.startsWith("Cookie"))
            .contains("User-Agent: Watchpost");
      }
    }
  }

  @Test
  void headers_are_bounded() throws Exception {
    String many = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(201) + "Content-Length: 0\r\n\r\n";
    String longLine = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(17_000) + "\r\n\r\n";
    for (String answer : List.of(many, longLine)) {
      try (RawServer server = RawServer.answering(answer)) {
        assertThat(get("open", server.url() + "/").getException()).hasMessageContaining("exceeded");
      }
    }
  }

  @Test
  void date_link_and_etag_reach_the_route() throws Exception {
    String head =
        "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 04:00:00 GMT\r\nETag: \"x\"\r\n"
            + "Link: <http://a/2>; rel=\"next\"\r\nLink: <http://a/9>; rel=\"last\"\r\n"
            + "Last-Modified: Tue, 24 Nov 2026 03:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = RawServer.answering(head)) {
      Map<String, Object> headers = get("open", server.url() + "/").getMessage().getHeaders();
      assertThat(headers)
          .containsEntry("Date", "Tue, 24 Nov 2026 04:00:00 GMT")
          .containsEntry("ETag", "\"x\"")
          .containsEntry("Last-Modified", "Tue, 24 Nov 2026 03:00:00 GMT")
          .containsEntry(
              "Link", List.of("<http://a/2>; rel=\"next\"", "<http://a/9>; rel=\"last\""));
    }
  }

  /** Not by a template: that reads and closes the body when the exchange is done. */
  private Exchange get(String client, String url) throws Exception {
    WebAddress address = WebAddress.of(url);
    Producer producer = producers.get(client);
    Exchange exchange = producer.getEndpoint().createExchange();
    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
    exchange.getMessage().setHeader(Exchange.HTTP_URI, address.origin());
    exchange.getMessage().setHeader(WebAddress.TARGET, address.target());
    try {
      producer.process(exchange);
    } catch (IOException | HttpException e) {
      exchange.setException(e);
    }
    return exchange;
  }

  private static boolean neverReturn() throws InterruptedException {
    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
  }

  private static boolean drip(OutputStream out, String head) throws Exception {
    RawServer.write(out, head);
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(100, TimeUnit.MILLISECONDS)) {
      RawServer.write(out, "x");
    }
    return false;
  }
}
