package dev.watchpost.api;

import static dev.watchpost.api.ApiServer.AUTHORIZATION;
import static dev.watchpost.api.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.tenant.Owner;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
  private static final String WRONG = "User u-secret, Organization guessed";
  private final CallLimits limits = new CallLimits(new ApiPolicy(3, 2, 1));

  private static void assertTooMany(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60);
    assertThat(json(answer).path("message").asText()).contains("try again in");
    assertThat(answer.headers().firstValue("Elements-Request-Id"))
        .contains(json(answer).path("requestId").asText());
  }

  @Test
  void user_who_calls_too_often_is_told_when_to_come_back() throws Exception {
    try (ApiServer server = new ApiServer(new ApiPolicy(5, 100, 1 << 20))) {
      for (int i = 0; i < 5; i++) {
        assertThat(server.call("GET", "/elements/rest", null).statusCode()).isEqualTo(200);
      }
      assertTooMany(server.call("GET", "/elements/rest", null));
      assertTooMany(server.call("POST", "/instances", "{}"));
      assertThat(server.call("GET", "/docs", null, new String[0]).statusCode()).isEqualTo(200);
      String hook = "/events/rest/MQ==";
      for (int i = 0; i < 10; i++) {
        assertThat(server.call("POST", hook, "{}", new String[0]).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void address_that_shows_wrong_credentials_too_often_is_not_told_which_are_right()
      throws Exception {
    try (ApiServer server = new ApiServer(new ApiPolicy(100, 3, 1 << 20))) {
      assertThat(server.call("GET", "/elements", null).statusCode()).isEqualTo(200);
      for (String wrong : List.of(WRONG, "", AUTHORIZATION + ", Element guessed")) {
        assertThat(server.call("GET", "/elements", null, "Authorization", wrong).statusCode())
            .isEqualTo(401);
      }
      assertTooMany(server.call("GET", "/elements", null, "Authorization", WRONG));
      assertTooMany(server.call("GET", "/elements", null, "Authorization", AUTHORIZATION));
    }
  }

  @Test
  void body_limit_is_the_operators() throws Exception {
    try (ApiServer server = new ApiServer(new ApiPolicy(100, 100, 50))) {
      HttpResponse<String> answer = server.call("POST", "/instances", "x".repeat(51));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(json(answer).path("message").asText())
          .isEqualTo("the body is larger than 50 bytes");
      assertThat(server.call("POST", "/instances", "x".repeat(50)).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void callers_are_counted_each_by_itself() {
    for (int i = 0; i < 3; i++) {
      limits.called(new Owner(1, 1));
      limits.called(new Owner(1, 2));
      limits.called("10.0.0.1");
    }
    assertThatThrownBy(() -> limits.called(new Owner(1, 1))).hasMessageContaining("3 requests");
    assertThatThrownBy(() -> limits.called("10.0.0.1")).isInstanceOf(Refusal.class);
    limits.called(new Owner(2, 1));
    limits.called("10.0.0.2");
  }

  @Test
  void addresses_of_one_ipv6_network_count_as_one() {
    limits.failed("2001:db8:0:1::1");
    limits.failed("2001:db8:0:1:ffff::9");
    assertThatThrownBy(() -> limits.mayTry("2001:db8:0:1:1:2:3:4")).isInstanceOf(Refusal.class);
    limits.mayTry("2001:db8:0:2::1");
    limits.mayTry("10.0.0.1");
  }
}
