package dev.watchpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoReceiverTest {

  private static final String KEY = "a signature key";
  private static final String BODY =
      """
      {"message": {"raw": {"customers": [{"id": 7, "name": "Grace Hopper"}]},
        "events": [{"eventType": "UPDATED", "objectType": "customers", "objectId": "7"}]}}
      """;

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private DemoReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = DemoReceiver.start(0, KEY, Clock.systemUTC(), lines::add);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void callback_with_both_signatures_is_told() throws Exception {
    assertThat(post(KEY, KEY, Instant.now())).isEqualTo(200);
    assertThat(lines)
        .containsExactly(
            "Callback: UPDATED customers 7 - name \"Grace Hopper\","
                + " signature verified (webhook-id msg_1)");
  }

  @Test
  void wrong_elements_signature_is_refused() throws Exception {
    assertThat(post("other", KEY, Instant.now())).isEqualTo(401);
    assertThat(lines)
        .containsExactly("Callback: refused, it has a wrong Elements-Webhook-Signature");
  }

  @Test
  void wrong_standard_signature_is_refused() throws Exception {
    assertThat(post(KEY, "other", Instant.now())).isEqualTo(401);
    assertThat(lines).containsExactly("Callback: refused, it has a wrong webhook-signature");
  }

  @Test
  void stale_callback_is_refused() throws Exception {
    assertThat(post(KEY, KEY, Instant.now().minusSeconds(301))).isEqualTo(401);
    assertThat(lines).singleElement().asString().contains("five minutes off");
  }

  private int post(String elementsKey, String standardKey, Instant when) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(elementsKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8));
    Webhook standard = new Webhook(standardKey.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(receiver.url()))
            .header(
                "Elements-Webhook-Signature", "sha256=" + Base64.getEncoder().encodeToString(hash))
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", "" + when.getEpochSecond())
            .header(
                "webhook-signature",
                "v1,old " + standard.sign("msg_1", when.getEpochSecond(), BODY))
            .POST(BodyPublishers.ofString(BODY))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
