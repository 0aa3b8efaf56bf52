package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.callback.Receiver;
import dev.watchpost.network.RawServer;
import dev.watchpost.poll.PollReport;
import dev.watchpost.poll.ResourceState;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a source can do wrong: the poll fails with one clear line, which the API shows, and the
 * cursor stays.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadPollAnswerTest {
  private static final String RECORD = "{\"id\":1,\"name\":\"Ada\"}";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Receiver receiver = new Receiver();
  private volatile RawServer.Answer answer;
  private RawServer source;
  private Scene scene;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    source = new RawServer(out -> answer.write(out));
    scene =
        Scene.of(
            new WatchRequest(
                    source.url(),
                    receiver.url(),
                    "`url`:`/customers`,`idField`:`id`,`pagination`:{`type`:`link`,`maxBytes`:20000}")
                .set("authentication.type", "apiKey")
                .set("authentication.key", "first"),
            Clock.systemUTC(),
            Map.of("watchpost.poll.timeout", TIMEOUT.toSeconds() + "s"));
    api = scene.api();
  }

  @AfterAll
  void stop() throws Exception {
    scene.close();
    source.close();
    receiver.close();
  }

  /** By another account each time: what throttled one is left alone for a while. */
  @BeforeEach
  void one_good_poll_before() {
    answers(json("[" + RECORD + "]"));
    scene.set("authentication.key", UUID.randomUUID().toString());
    watch(source.url() + "/customers");
    assertThat(scene.poll().error()).isNull();
    scene.entered();
  }

  @Test
  void html_fails_the_poll() throws Exception {
    answers(ok("text/html", "<!DOCTYPE html><html><title>Sign in</title></html>"));
    failsWith("the answer is HTML, not JSON: Sign in");
  }

  @Test
  void wrong_content_type_fails_the_poll_where_it_is_no_json() throws Exception {
    answers(ok("application/xml", "<?xml version=\"1.0\"?><customers/>"));
    failsWith("the answer is XML, not JSON");
    answers(ok("application/json", "customers: none"));
    failsWith("the answer is not valid JSON at byte 0");
  }

  @Test
  void json_that_calls_itself_text_is_read() {
    answers(ok("text/plain", "[" + RECORD + ",{\"id\":2}]"));
    assertThat(scene.polled()).containsExactly("CREATED 2");
    answers(json("[" + RECORD + "]"));
  }

  @Test
  void truncated_json_fails_the_poll() throws Exception {
    answers(json("[" + RECORD + ",{\"id\":7,\"na"));
    failsWith("the answer breaks off at byte 34");
  }

  @Test
  void answer_cut_off_by_a_closed_connection_fails_the_poll() throws Exception {
    answers(broken("Content-Length: 5000", "[" + RECORD + ",{\"id\":8"));
    failsWith("the answer broke off: Premature end of Content-Length delimited message body");
    answers(broken("Content-Length: 15000", "[" + (RECORD + ",").repeat(400)));
    failsWith("the answer broke off after byte ");
  }

  @Test
  void answer_cut_off_between_chunks_fails_the_poll() throws Exception {
    answers(broken("Transfer-Encoding: chunked", "17\r\n[" + RECORD + "\r\n"));
    failsWith("the answer broke off: Premature end of chunk coded message body");
  }

  @Test
  void whole_json_shorter_than_its_content_length_fails_the_poll() throws Exception {
    answers(broken("Content-Length: 5000", "[" + RECORD + "]"));
    failsWith("the answer broke off: Premature end of Content-Length");
  }

  @Test
  void empty_answer_fails_the_poll() throws Exception {
    answers(json(""));
    failsWith("the answer is empty where JSON was expected");
  }

  @Test
  void server_error_fails_the_poll() throws Exception {
    answers(status("500 Internal Server Error"));
    failsWith("the source answered 500: the source failed");
    answers(status("502 Bad Gateway"));
    failsWith("the source answered 502: the source's gateway got no proper answer");
    answers(status("503 Service Unavailable"));
    failsWith("the source answered 503: it is unavailable");
  }

  @Test
  void unauthorized_fails_the_poll() throws Exception {
    answers(status("401 Unauthorized"));
    failsWith("the source answered 401: it does not accept the credentials");
  }

  @Test
  void forbidden_fails_the_poll() throws Exception {
    answers(status("403 Forbidden"));
    failsWith("the source answered 403: the credentials may not read this");
  }

  @Test
  void too_many_requests_are_tried_again_after_the_seconds_asked_for() throws Exception {
    answers(status("429 Too Many Requests\r\nRetry-After: 77"));
    Instant before = Instant.now();
    failsWith("the source answered 429: it wants fewer requests");
    assertThat(scene.state().nextPoll())
        .isBetween(before.plusSeconds(76), Instant.now().plusSeconds(77));
  }

  @Test
  void too_many_requests_are_tried_again_at_the_date_asked_for() throws Exception {
    Instant until = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 500);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
    answers(status("429 Too Many Requests\r\nRetry-After: " + date));
    failsWith("the source answered 429: it wants fewer requests");
    assertThat(scene.state().nextPoll()).isEqualTo(until);
  }

  @Test
  void retry_at_once_still_waits_the_minimum_interval() throws Exception {
    answers(status("429 Too Many Requests\r\nRetry-After: 0"));
    Instant before = Instant.now();
    failsWith("the source answered 429");
    assertThat(scene.state().nextPoll()).isAfter(before.plusMillis(990));
  }

  @Test
  void answer_larger_than_max_bytes_fails_the_poll() throws Exception {
    answers(json("[" + (RECORD + ",").repeat(2_000) + RECORD + "]"));
    failsWith(
        "the answers of this poll are larger than 20,000 bytes: raise maxBytes or ask for less");
  }

  @Test
  void source_that_says_nothing_fails_the_poll() throws Exception {
    answers(out -> hold());
    failsWith("the source did not answer in time");
  }

  @Test
  void body_that_stops_coming_fails_the_poll() throws Exception {
    answers(
        out -> {
          RawServer.write(out, head("application/json", 5_000) + "[" + RECORD);
          return hold();
        });
    failsWith("the answer broke off: Read timed out");
  }

  @Test
  void body_that_trickles_fails_the_poll() throws Exception {
    answers(
        out -> {
          RawServer.write(out, head("application/json", 5_000) + "[" + RECORD);
          while (true) {
            RawServer.write(out, " ");
            hold(Duration.ofMillis(50));
          }
        });
    failsWith("the answer trickles");
  }

  @Test
  void redirect_loop_fails_the_poll() throws Exception {
    answers(status("302 Found\r\nLocation: /customers"));
    failsWith("the source redirects more than 5 times");
  }

  @Test
  void redirect_to_no_http_url_fails_the_poll() throws Exception {
    answers(status("302 Found\r\nLocation: file:///etc/passwd"));
    failsWith("the source redirects to a url that is none");
  }

  @Test
  void redirect_to_a_refused_address_fails_the_poll() throws Exception {
    answers(status("302 Found\r\nLocation: http://169.254.169.254/latest/meta-data"));
    failsWith(
        "the source redirects to a url that is none: The URL's host 169.254.169.254 is a cloud");
  }

  @Test
  void refused_connection_fails_the_poll() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    watch("http://127.0.0.1:" + closed + "/customers");
    failsWith("no connection to the source: ");
  }

  @Test
  void unknown_host_fails_the_poll() throws Exception {
    watch("http://nowhere.invalid/customers");
    failsWith("the source's host name is unknown: ");
  }

  @Test
  void next_page_that_fails_leaves_the_cursor_and_the_pages_before_it_entered() throws Exception {
    answers(
        new RawServer.Answer() {
          private boolean first = true;

          @Override
          public boolean write(OutputStream out) throws Exception {
            String link = "Link: </customers?page=2>; rel=next\r\n";
            String body = "[" + RECORD + ",{\"id\":3}]";
            boolean page = first;
            first = false;
            return RawServer.write(
                out,
                page
                    ? "HTTP/1.1 200 OK\r\n"
                        + link
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body
                    : "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
          }
        });
    ResourceState before = scene.state();
    assertThat(scene.poll().error()).isEqualTo("the source answered 500: the source failed");
    assertThat(scene.state().cursor()).isEqualTo(before.cursor());
    assertThat(scene.entered()).containsExactly("CREATED 3");
  }

  private void answers(RawServer.Answer next) {
    answer = next;
  }

  private void watch(String url) {
    String configuration =
        new WatchRequest(
                "http://unused.invalid",
                receiver.url(),
                "`url`:`" + url + "`,`idField`:`id`,`pagination`:{`type`:`link`,`maxBytes`:20000}")
            .pollerConfiguration();
    scene.set("event.poller.configuration", configuration);
  }

  private void failsWith(String line) throws Exception {
    ResourceState before = scene.state();
    PollReport report = scene.poll();
    assertThat(report.error()).startsWith(line).doesNotContain("\n");
    ResourceState after = scene.state();
    assertThat(after.cursor()).isEqualTo(before.cursor());
    assertThat(after.failures()).isEqualTo(before.failures() + 1);
    assertThat(after.nextPoll()).isAfter(Instant.now());
    assertThat(scene.entered()).isEmpty();
    JsonNode record = api.get("/instances/event-poller-records").get(0);
    assertThat(record.path("lastError").asText()).isEqualTo(report.error());
    assertThat(record.path("cursor").asText()).isEqualTo(before.cursor().toString());
    JsonNode past = api.get("/instances/" + scene.instance() + "/polls").get(0);
    assertThat(past.path("outcome").asText()).isEqualTo("FAILED");
    assertThat(past.path("error").asText()).isEqualTo(report.error());
  }

  private static RawServer.Answer json(String body) {
    return ok("application/json", body);
  }

  private static RawServer.Answer ok(String type, String body) {
    return out -> RawServer.write(out, head(type, body.length()) + body);
  }

  private static String head(String type, int length) {
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(type, length);
  }

  /** And the connection is closed. */
  private static RawServer.Answer broken(String length, String part) {
    return out -> {
      RawServer.write(
          out,
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n" + part);
      return false;
    };
  }

  private static RawServer.Answer status(String statusAndHeaders) {
    return out ->
        RawServer.write(out, "HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: 0\r\n\r\n");
  }

  private static boolean hold() throws InterruptedException {
    hold(TIMEOUT.multipliedBy(4));
    return false;
  }

  private static void hold(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
