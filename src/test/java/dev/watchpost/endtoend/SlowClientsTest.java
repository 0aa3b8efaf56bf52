package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.api.ApiPolicy;
import dev.watchpost.api.SlowClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send a byte now and then are cut off; those that are served slowly are not. */
@Timeout(30)
class SlowClientsTest {
  private static final String HEAD = "GET /elements/rest HTTP/1.1\r\nHost: a\r\n";
  private static final String POST =
      "POST /instances HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Authorization: User me, Organization us\r\nContent-Length: 100000\r\n\r\n{";

  private static TestWatchpost watchpost;
  private static SlowClients slow;
  private static URI url;

  @BeforeAll
  static void start() throws Exception {
    watchpost = new TestWatchpost(TestDatabase.H2.freshUrl(), Clock.systemUTC(), Map.of()).start();
    slow =
        SlowClients.cutOff(
            watchpost.context(),
            new ApiPolicy.Patience(
                Duration.ofMillis(700), Duration.ofMillis(900), Duration.ofMillis(1100)));
    url = URI.create(Api.of(watchpost.context(), watchpost.watchpost()).url());
  }

  @AfterAll
  static void stop() {
    watchpost.close();
    slow.close();
  }

  private static Socket connected() throws IOException {
    return new Socket(url.getHost(), url.getPort());
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  /** Sends a byte every 50 ms until the other side closes. */
  private static Duration drips(Socket client) throws Exception {
    long begun = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(50, TimeUnit.MILLISECONDS)) {
        send(client, "x");
      }
    } catch (IOException closed) {
      // what is waited for
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static String answer(Socket client) throws IOException {
    byte[] bytes = new byte[8192];
    int read = client.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
  }

  private static void endsAfter(Socket client, Duration most) throws IOException {
    long begun = System.nanoTime();
    try (InputStream in = client.getInputStream()) {
      in.readAllBytes();
    } catch (IOException reset) {
      // as good as an end
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(most);
  }

  @Test
  void client_that_says_nothing_is_cut_off() throws Exception {
    try (Socket client = connected()) {
      endsAfter(client, Duration.ofSeconds(10));
    }
  }

  @Test
  void client_that_drips_its_headers_is_cut_off() throws Exception {
    try (Socket client = connected()) {
      send(client, HEAD + "X-Slow: ");
      assertThat(drips(client)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
    }
  }

  @Test
  void client_that_drips_its_body_is_cut_off() throws Exception {
    try (Socket client = connected()) {
      send(client, POST);
      assertThat(drips(client)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
    }
  }

  @Test
  void client_that_drips_its_second_request_is_cut_off() throws Exception {
    try (Socket client = connected()) {
      send(client, HEAD + "\r\n");
      assertThat(answer(client)).startsWith("HTTP/1.1 401");
      send(client, HEAD + "X-Slow: ");
      assertThat(drips(client)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
    }
  }

  @Test
  void client_that_asks_again_in_time_keeps_its_connection() throws Exception {
    try (Socket client = connected()) {
      for (int i = 0; i < 5; i++) {
        send(client, HEAD + "\r\n");
        assertThat(answer(client)).startsWith("HTTP/1.1 401");
        assertThat(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
  }

  @Test
  void headers_that_are_too_many_are_refused() throws Exception {
    try (Socket client = connected()) {
      send(client, HEAD + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(answer(client)).startsWith("HTTP/1.1 431");
    }
    try (Socket client = connected()) {
      send(client, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(answer(client)).contains(" 414 ");
    }
  }
}
