package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.LoopbackServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a source leads to another host, its answer is read, and nothing that is secret goes there:
 * by a redirect, a Link header and a next url in the body.
 */
class CredentialsStayHomeTest extends Stage {
  private static final String SECRET = "5ecret-of-the-instance";
  private static final String RESOURCE =
      "`url`:`/start`,`idField`:`id`,`startFrom`:`beginning`,`recordsPath`:`items`,"
          + "`headers`:{`X-Own`:`"
          + SECRET
          + "`}";

  private final List<String> elsewhere = new CopyOnWriteArrayList<>();
  private final List<String> home = new CopyOnWriteArrayList<>();
  private final LoopbackServer other =
      new LoopbackServer(
          "127.0.0.2",
          request -> {
            elsewhere.add(asked(request));
            json(request).end("{\"items\":[{\"id\":2}]}");
          });

  @AfterEach
  void closeOther() {
    other.close();
  }

  private static String asked(HttpServerRequest request) {
    return request.method() + " " + request.uri() + " " + request.headers().entries();
  }

  private static io.vertx.core.http.HttpServerResponse json(HttpServerRequest request) {
    return request.response().putHeader("Content-Type", "application/json");
  }

  private void leads(String how) {
    String to = other.url() + "/next";
    answers =
        (source, request) -> {
          home.add(asked(request));
          switch (how) {
            case "redirect" -> json(request).setStatusCode(307).putHeader("Location", to).end();
            case "link" ->
                json(request)
                    .putHeader("Link", "<" + to + ">; rel=\"next\"")
                    .end("{\"items\":[{\"id\":1}]}");
            default -> json(request).end("{\"items\":[{\"id\":1}],\"next\":\"" + to + "\"}");
          }
        };
  }

  private WatchRequest led(String how) {
    String paging =
        switch (how) {
          case "link" -> ",`pagination`:{`type`:`link`}";
          case "nextUrl" -> ",`pagination`:{`type`:`nextUrl`,`path`:`next`}";
          default -> "";
        };
    return request(RESOURCE + paging)
        .set("authentication.headers", "{\"X-Custom\":\"" + SECRET + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "link", "nextUrl"})
  void bearer_token_and_headers_go_to_no_other_host(String how) throws Exception {
    leads(how);
    stay(led(how).set("authentication.token", SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "link", "nextUrl"})
  void key_in_the_query_goes_to_no_other_host(String how) throws Exception {
    leads(how);
    stay(
        led(how)
            .set("authentication.type", "apiKey")
            .set("authentication.in", "query")
            .set("authentication.key", SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "link", "nextUrl"})
  void password_goes_to_no_other_host(String how) throws Exception {
    leads(how);
    stay(led(how).set("authentication.username", "someone").set("authentication.password", SECRET));
    assertThat(elsewhere.toString()).doesNotContain("Authorization");
  }

  private void stay(WatchRequest request) throws Exception {
    watch(request, Map.of());
    assertThat(scene.polled()).contains("CREATED 2");
    assertThat(home).hasSize(1).first().asString().contains(SECRET, "X-Own", "X-Custom");
    assertThat(elsewhere).hasSize(1);
    assertThat(elsewhere.toString()).doesNotContain(SECRET, "X-Own", "X-Custom");
  }

  @Test
  void body_of_a_request_goes_to_no_other_host() throws Exception {
    leads("redirect");
    watch(request(RESOURCE + ",`method`:`POST`,`body`:`" + SECRET + "`"), Map.of());
    assertThat(scene.poll().error())
        .contains("leads on to " + other.url())
        .contains("the body of a request goes only where its url is");
    assertThat(elsewhere).isEmpty();
  }
}
