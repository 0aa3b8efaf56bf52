package dev.watchpost.demo;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver should check, both ways: {@code Elements-Webhook-Signature} over the body, and
 * Standard Webhooks over id, timestamp and body, not older or newer than five minutes.
 */
record SignatureCheck(String key, Clock clock) {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Null where both signatures are right; else what is wrong, to follow "the callback". */
  String problem(Headers headers, byte[] body) {
    String expected = "sha256=" + hmac(body);
    if (!same(expected, headers.getFirst("Elements-Webhook-Signature"))) {
      return "has a wrong Elements-Webhook-Signature";
    }
    String id = headers.getFirst("webhook-id");
    String timestamp = headers.getFirst("webhook-timestamp");
    if (id == null || timestamp == null || !timestamp.matches("\\d{1,12}")) {
      return "lacks webhook-id or webhook-timestamp";
    }
    if (!recent(Long.parseLong(timestamp))) {
      return "has a webhook-timestamp more than five minutes off";
    }
    return signed(headers, id, timestamp, body) ? null : "has a wrong webhook-signature";
  }

  private boolean recent(long seconds) {
    Instant sent = Instant.ofEpochSecond(seconds);
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private boolean signed(Headers headers, String id, String timestamp, byte[] body) {
    byte[] start = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[start.length + body.length];
    System.arraycopy(start, 0, content, 0, start.length);
    System.arraycopy(body, 0, content, start.length, body.length);
    String expected = "v1," + hmac(content);
    String given = headers.getFirst("webhook-signature");
    boolean found = false;
    for (String one : given == null ? new String[0] : given.split(" ")) {
      found |= same(expected, one); // two keys at once during a rotation
    }
    return found;
  }

  private static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private String hmac(byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
