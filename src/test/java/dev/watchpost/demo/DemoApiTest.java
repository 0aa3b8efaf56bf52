package dev.watchpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoApiTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private DemoApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  private void start(Duration every) throws Exception {
    api = DemoApi.start(0, lines::add);
    api.change(every, every);
  }

  @Test
  void old_customers_are_there_from_the_start() throws Exception {
    start(NEVER);
    assertThat(get("/customers").body()).startsWith("[").contains("Ada Lovelace", "Alan Turing");
    assertThat(get("/customers/1").body())
        .containsPattern("\"updated_at\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");
  }

  @Test
  void pages_are_linked_and_keep_the_filter() throws Exception {
    start(NEVER);
    HttpResponse<String> first = get("/customers?updated_since=2000-01-01T00:00:00Z&limit=3");
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).endsWith(">; rel=\"next\"").contains("updated_since=2000");
    String next = link.substring(1, link.indexOf('>')).substring(api.url().length());
    assertThat(get(next).body()).contains("Alan Turing").doesNotContain("Ada");
    assertThat(get(next).headers().firstValue("Link")).isEmpty();
  }

  @Test
  void customer_can_be_created_edited_and_deleted() throws Exception {
    start(NEVER);
    assertThat(call("POST", "/customers", "{\"name\":\"Mary\",\"id\":1}").statusCode())
        .isEqualTo(201);
    assertThat(get("/customers?updated_since=2020-01-01T00:00:00Z").body()).contains("\"id\":5");
    assertThat(call("PATCH", "/customers/5", "{\"city\":\"Oslo\"}").body())
        .contains("Mary", "Oslo");
    assertThat(call("PUT", "/customers/5", "{\"name\":\"M\"}").body()).doesNotContain("Oslo");
    assertThat(call("DELETE", "/customers/5", "").statusCode()).isEqualTo(200);
    assertThat(get("/customers/5").statusCode()).isEqualTo(404);
    assertThat(lines)
        .startsWith("API: created customer 5 (Mary), on request")
        .endsWith("API: deleted customer 5 (M), on request");
  }

  @Test
  void only_what_changed_since_is_listed() throws Exception {
    start(NEVER);
    String soon = Instant.now().minusSeconds(60).toString();
    assertThat(get("/customers?updated_since=" + soon).body()).isEqualTo("[]");
    call("PATCH", "/customers/2", "{}");
    assertThat(get("/customers?updated_since=" + soon).body())
        .contains("Grace")
        .doesNotContain("Ada");
  }

  @Test
  void what_it_does_not_understand_is_refused() throws Exception {
    start(NEVER);
    assertThat(call("POST", "/customers", "[1]").statusCode()).isEqualTo(400);
    assertThat(call("POST", "/customers", "{").statusCode()).isEqualTo(400);
    assertThat(get("/customers?limit=x").statusCode()).isEqualTo(400);
    assertThat(get("/customers/x").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/customers", "").statusCode()).isEqualTo(405);
  }

  @Test
  void it_changes_by_itself_within_bounds() throws Exception {
    start(Duration.ofMillis(2));
    Awaitility.await().until(() -> lines.size() > 200);
    assertThat(lines).first().asString().isEqualTo("API: created customer 5 (Katherine Johnson)");
    assertThat(lines).anyMatch(line -> line.startsWith("API: edited"));
    assertThat(lines).anyMatch(line -> line.startsWith("API: deleted"));
    assertThat(get("/customers").body().split("\"id\":")).hasSizeBetween(5, 21);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return call("GET", path, "");
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.url() + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
