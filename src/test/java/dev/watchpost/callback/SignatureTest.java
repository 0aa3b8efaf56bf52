package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final byte[] BODY = "{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void elements_signature_of_the_published_vector() {
    byte[] body = "<INSERT_EVENT_NOTIFICATION_RESPONSE_BODY>".getBytes(StandardCharsets.UTF_8);

    assertThat(Signature.withKeys("MySecretEventSignatureKey").elements(body))
        .isEqualTo("sha256=jHdbRx5EZAsOfTwAPJOGkNUzQMVVdu5VJlxcsk+G6jQ=");
  }

  @Test
  void standard_signature_of_the_published_vector() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(
            Signature.withKeys(OLD)
                .standard("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void receiver_verifies_with_either_key_during_a_rotation() throws Exception {
    Map<String, String> headers =
        Signature.withKeys(NEW + ", " + OLD).headers("msg_1", now(), BODY);

    for (String key : List.of(OLD, NEW)) {
      new Webhook(key).verify(new String(BODY, StandardCharsets.UTF_8), received(headers));
    }
    assertThat(headers.get("Elements-Webhook-Signature"))
        .isEqualTo(Signature.withKeys(NEW).elements(BODY));
    assertThat(headers.get("webhook-signature")).matches("v1,\\S+ v1,\\S+");
    assertThat(headers.get("Elements-Webhook-Id")).isEqualTo("msg_1");
  }

  @Test
  void key_of_several_words_is_one_key() throws Exception {
    String key = "a secret of yours, and mine";
    Map<String, String> headers = Signature.withKeys(key).headers("msg_1", now(), BODY);

    new Webhook(key.getBytes(StandardCharsets.UTF_8))
        .verify(new String(BODY, StandardCharsets.UTF_8), received(headers));
    assertThat(headers.get("webhook-signature")).matches("v1,\\S+");
  }

  @Test
  void keys_of_any_kind_rotate_in_a_json_array() {
    Signature both = Signature.withKeys("[\"a new one\", \"" + OLD + "\"]");

    assertThat(both.elements(BODY)).isEqualTo(Signature.withKeys("a new one").elements(BODY));
    assertThat(both.standard("msg_1", Instant.EPOCH, BODY))
        .endsWith(" " + Signature.withKeys(OLD).standard("msg_1", Instant.EPOCH, BODY));
    assertThat(Signature.withKeys("[no array").elements(BODY)).isNotNull();
  }

  @Test
  void key_that_is_not_base64_is_refused_without_being_told() {
    assertThatThrownBy(() -> Signature.withKeys("whsec_%%secret"))
        .hasMessage("expected Base64 after whsec_ in a signature key");
    assertThatThrownBy(() -> Signature.withKeys(" "))
        .hasMessage("expected a signature key, found none");
  }

  private static Instant now() {
    return Instant.now();
  }

  private static HttpHeaders received(Map<String, String> headers) {
    return HttpHeaders.of(
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
        (name, value) -> true);
  }
}
