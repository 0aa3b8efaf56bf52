package dev.watchpost.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.watchpost.element.SecretMask;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as token urls in the wild give them. */
class TokenAnswerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String URL = "https://login.example.com/token";

  private static Tokens read(int status, String body) {
    HTTPResponse response = new HTTPResponse(status);
    response.setBody(body);
    SecretMask secrets = new SecretMask();
    secrets.add(Set.of("s3cret"));
    return TokenAnswer.of(response, secrets).tokens("the code", NOW, URL);
  }

  private static OAuthFailure failure(int status, String body) {
    return catchThrowableOfType(OAuthFailure.class, () -> read(status, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'access_token':'a','refresh_token':'r','expires_in':3600,'token_type':'Bearer'}",
        "{'access_token':'a','refresh_token':'r','expires_in':'3600','token_type':'bearer'}",
        "{'access_token':'a','refresh_token':'r','expires_in':3600,'scope':['x'],'error':null}",
        "access_token=a&refresh_token=r&expires_in=3600&token_type=bearer",
      })
  void token_is_read_however_it_is_written(String body) {
    Tokens tokens = read(200, body.replace('\'', '"'));

    assertThat(tokens.access()).isEqualTo("a");
    assertThat(tokens.refresh()).isEqualTo("r");
    assertThat(tokens.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(tokens.accessToken().renewAt()).isEqualTo(NOW.plusSeconds(3540));
  }

  @Test
  void token_whose_end_is_not_said_is_not_renewed_by_time() {
    Tokens tokens = read(200, "{\"access_token\":\"a\",\"refresh_token\":null}");

    assertThat(tokens.expiresAt()).isNull();
    assertThat(tokens.refresh()).isNull();
    assertThat(tokens.accessToken().due(NOW.plusSeconds(999_999))).isFalse();
  }

  @Test
  void what_is_said_beside_the_tokens_is_kept_and_the_refresh_token_where_no_new_one_comes() {
    Tokens first =
        read(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"resource_owner_id\":\"o\"}");
    Tokens next = read(200, "{\"access_token\":\"b\"}").after(first);

    assertThat(next.access()).isEqualTo("b");
    assertThat(next.refresh()).isEqualTo("r");
    assertThat(next.facts())
        .containsEntry("resource_owner_id", "o")
        .doesNotContainKey("expires_in");
    assertThat(next.toString()).doesNotContain("\"b\"", "=b", "=r,", "refresh=r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"expired\"} | true | expired",
        "401 | {\"error\":\"invalid_client\"}                                  | true | invalid_client",
        "200 | {\"error\":\"bad_code\",\"error_description\":\"no such code\"} | true | no such code",
        "200 | error=bad_code&error_description=no+such+code                   | true | no such code",
        "400 | {\"message\":\"who are you?\"}                                  | true | who are you?",
        "503 | {\"error\":\"temporarily_unavailable\"}                         | false | temporarily_unavailable",
        "429 | {\"error\":\"slow_down\"}                                       | false | slow_down",
      })
  void refusal_and_outage_are_told_apart(int status, String body, boolean refused, String said) {
    OAuthFailure failure = failure(status, body);

    assertThat(failure.refused()).isEqualTo(refused);
    assertThat(failure.providerMessage()).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Welcome</html>", "{\"access_token\":", "{\"ok\":true}", "[1]"})
  void answer_that_is_none_is_an_outage(String body) {
    assertThat(failure(200, body).refused()).isFalse();
    assertThat(failure(200, body)).hasMessage("the OAuth2 server answered 200 and no token");
  }

  @Test
  void secret_that_the_server_repeats_is_masked() {
    OAuthFailure failure =
        failure(400, "{\"error\":\"invalid_client\",\"error_description\":\"s3cret is wrong\"}");

    assertThat(failure.providerMessage()).isEqualTo("******** is wrong");
  }
}
