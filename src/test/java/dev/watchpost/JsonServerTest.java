package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the other tests rely on. */
class JsonServerTest {

  private static final String DATABASE =
      """
      {"customers": [
        {"id": 1, "name": "Ada", "updated_at": "2026-01-01T00:00:00Z"},
        {"id": 2, "name": "Grace", "updated_at": "2026-02-01T00:00:00Z"},
        {"id": 3, "name": "Joan", "updated_at": "2026-03-01T00:00:00Z"}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private JsonServer server;

  @BeforeEach
  void start() throws Exception {
    JsonServer.require();
    server = JsonServer.serving(DATABASE);
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void lists_with_etag_and_date() throws Exception {
    HttpResponse<String> list = call("GET", "/customers", "");
    assertThat(list.body()).contains("Ada", "Grace", "Joan");
    assertThat(list.headers().firstValue("ETag")).isPresent();
    assertThat(list.headers().firstValue("Date")).isPresent();
  }

  @Test
  void filters_by_date() throws Exception {
    assertThat(call("GET", "/customers?updated_at_gte=2026-02-01T00:00:00Z", "").body())
        .contains("Grace", "Joan")
        .doesNotContain("Ada");
  }

  @Test
  void pages_by_link() throws Exception {
    HttpResponse<String> first = call("GET", "/customers?_page=1&_limit=2", "");
    assertThat(first.body()).contains("Ada", "Grace").doesNotContain("Joan");
    assertThat(first.headers().firstValue("Link").orElseThrow())
        .contains("<" + server.url() + "/customers?_page=2&_limit=2>; rel=\"next\"");
    assertThat(first.headers().firstValue("X-Total-Count")).hasValue("3");
  }

  @Test
  void creates_changes_and_deletes() throws Exception {
    assertThat(call("POST", "/customers", "{\"name\": \"Mary\"}").statusCode()).isEqualTo(201);
    assertThat(call("PATCH", "/customers/4", "{\"name\": \"Mary J\"}").body()).contains("Mary J");
    assertThat(call("DELETE", "/customers/4", "").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/customers/4", "").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
