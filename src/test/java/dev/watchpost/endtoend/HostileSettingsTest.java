package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as long as a body may be, made to keep a pattern busy: each is judged in no time. */
class HostileSettingsTest {
  private static final int LONGEST = 400_000;

  private static TestWatchpost watchpost;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> schemes = Map.of("watchpost.callback.schemes", "http,https,kafka");
    watchpost = new TestWatchpost(TestDatabase.H2.freshUrl(), Clock.systemUTC(), schemes).start();
    api = Api.of(watchpost.context(), watchpost.watchpost());
  }

  @AfterAll
  static void stop() {
    watchpost.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.notification.callback.url|kafka:a?|&a=RAW(",
        "event.notification.callback.url|http://|a:",
        "event.notification.callback.url|http://|a.",
        "event.notification.callback.headers|{|\"a\":",
        "event.notification.signature.key||whsec_ ",
        "base.url|http://|:a/",
        "base.url|http://|{",
        "authentication.headers||{",
        "event.poller.urls||a|",
        "event.poller.configuration||[",
        "event.poller.configuration|{\"a\":{\"url\":\"http://|:a/",
        "event.poller.configuration|{\"a\":{\"url\":\"/x?|${date:",
        "event.poller.configuration|{\"a\":{\"url\":\"/x?|a={{",
        "event.poller.configuration|{\"a\":{\"url\":\"/x\",\"idField\":\"|a.[",
        "event.poller.refresh_interval||9",
        "event.webhook.mapping||('",
        "event.webhook.mapping||[/",
        "some.setting|{\"a\":1,|,\"url",
        "oauth.token.url|http://|a@"
      })
  @Timeout(10)
  void setting_is_judged_in_no_time(String trick) throws Exception {
    String[] parts = trick.split("\\|", 3);
    String value = parts[1] + parts[2].repeat(LONGEST / parts[2].length());
    WatchRequest request =
        new WatchRequest("http://127.0.0.1:1", "http://127.0.0.1:1", "`url`:`/x`");
    ObjectNode body = request.set(parts[0], value).json();
    int status = api.call("POST", "/instances", body.toString()).statusCode();
    assertThat(status).isIn(200, 400);
    assertThat(api.call("GET", "/instances", null).statusCode()).isEqualTo(200);
  }
}
