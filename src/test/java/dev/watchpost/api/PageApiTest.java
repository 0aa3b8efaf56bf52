package dev.watchpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageApiTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:(?:href|src)=\"web/|from '\\./)([^\"']+)");

  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> visit(String method, String path, String... headers)
      throws Exception {
    return server.call(method, path, null, headers);
  }

  @Test
  void page_allows_no_inline_code_no_other_host_and_no_frame() throws Exception {
    HttpResponse<String> page = visit("GET", "/");

    HttpHeaders headers = page.headers();
    assertThat(headers.firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Content-Security-Policy").orElse("").split("; "))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");
    assertThat(page.body())
        .doesNotContain("<style")
        .doesNotContain("://")
        .doesNotContain("onclick");
  }

  @Test
  void every_file_that_the_page_names_is_served_with_its_type() throws Exception {
    Map<String, String> types =
        Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");
    TreeSet<String> todo = new TreeSet<>(references(visit("GET", "/").body()));
    TreeSet<String> done = new TreeSet<>();
    while (!todo.isEmpty()) {
      String name = todo.pollFirst();
      if (done.add(name)) {
        HttpResponse<String> file = visit("GET", "/web/" + name);
        assertThat(file.statusCode()).as(name).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElse(""))
            .startsWith(types.get(name.replaceFirst(".*\\.", "")));
        todo.addAll(references(file.body()));
      }
    }
    assertThat(done).contains("app.js", "lit-html.js", "pico.css", "icon.svg", "dryrun.js");
  }

  private static List<String> references(String text) {
    return REFERENCE.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void file_that_the_browser_has_is_not_sent_again() throws Exception {
    HttpResponse<String> first = visit("GET", "/web/app.js");
    String etag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = visit("GET", "/web/app.js", "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(visit("GET", "/web/page.css", "If-None-Match", etag).statusCode()).isEqualTo(200);
    assertThat(visit("HEAD", "/").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/web/nothing.js", "/web/app.class", "/web/..%2Fopenapi.yaml", "/web/%2Fapp.js"})
  void only_files_of_the_page_are_served(String path) throws Exception {
    HttpResponse<String> answer = visit("GET", path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }
}
