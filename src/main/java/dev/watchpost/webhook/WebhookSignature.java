package dev.watchpost.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.watchpost.element.WebhookScheme;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a webhook was signed with a secret, by the algorithm that its provider documents.
 * Compares in constant time.
 *
 * <p>Sources: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries,
 * https://docs.stripe.com/webhooks?verify=verify-manually,
 * https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin-of-your-webhook-to-ensure-its-coming-from-shopify,
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
final class WebhookSignature {
  /** As Stripe's own libraries and Standard Webhooks have it. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private WebhookSignature() {}

  /**
   * @throws WebhookRefused 401 that names the header
   */
  static void verify(WebhookScheme scheme, IncomingWebhook webhook, String secret, Instant now)
      throws WebhookRefused {
    switch (scheme) {
      case GITHUB -> github(webhook, secret);
      case STRIPE -> stripe(webhook, secret, now);
      case SHOPIFY -> shopify(webhook, secret);
      case STANDARD -> standard(webhook, secret);
      case NONE -> {}
    }
  }

  private static void github(IncomingWebhook webhook, String secret) throws WebhookRefused {
    String header = "x-hub-signature-256";
    String shown = shown(webhook, header);
    String expected = "sha256=" + hex(hmac(secret, webhook.body()));
    if (!same(expected, shown)) {
      throw mismatch(header);
    }
  }

  private static void shopify(IncomingWebhook webhook, String secret) throws WebhookRefused {
    String header = "x-shopify-hmac-sha256";
    String shown = shown(webhook, header);
    if (!same(Base64.getEncoder().encodeToString(hmac(secret, webhook.body())), shown)) {
      throw mismatch(header);
    }
  }

  private static void stripe(IncomingWebhook webhook, String secret, Instant now)
      throws WebhookRefused {
    String header = "stripe-signature";
    String time = null;
    List<String> signatures = new ArrayList<>();
    for (String part : shown(webhook, header).split(",")) {
      String[] sides = part.strip().split("=", 2);
      if (sides[0].equals("t") && sides.length == 2) {
        time = sides[1];
      } else if (sides[0].equals("v1") && sides.length == 2) {
        signatures.add(sides[1]);
      }
    }
    if (time == null || !time.matches("\\d{1,12}")) {
      throw new WebhookRefused(401, "the header %s holds no time t=<seconds>".formatted(header));
    }
    byte[] start = (time + ".").getBytes(StandardCharsets.US_ASCII);
    String expected = hex(hmac(secret, start, webhook.body()));
    boolean found = false;
    for (String signature : signatures) {
      found |= same(expected, signature);
    }
    if (!found) {
      throw mismatch(header);
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(time));
    if (Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0) {
      throw new WebhookRefused(401, "it was signed more than 5 minutes from now");
    }
  }

  private static void standard(IncomingWebhook webhook, String secret) throws WebhookRefused {
    String[] names = {"webhook-id", "webhook-timestamp", "webhook-signature"};
    for (String name : names) {
      shown(webhook, name);
    }
    Map<String, List<String>> headers =
        Map.of(
            names[0], List.of(webhook.header(names[0])),
            names[1], List.of(webhook.header(names[1])),
            names[2], List.of(webhook.header(names[2])));
    try {
      key(secret).verify(new String(webhook.body(), StandardCharsets.UTF_8), headers);
    } catch (WebhookVerificationException | RuntimeException e) {
      throw new WebhookRefused(
          401, "it was not signed with the secret in the last 5 minutes; see webhook-signature");
    } catch (EmptyWebhookSecretException e) {
      throw new WebhookRefused(403, "the secret is empty");
    }
  }

  /** A secret {@code whsec_..} is Base64, any other its bytes. */
  private static Webhook key(String secret) throws EmptyWebhookSecretException {
    return secret.startsWith("whsec_")
        ? new Webhook(secret)
        : new Webhook(secret.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(IncomingWebhook webhook, String header) throws WebhookRefused {
    String shown = webhook.header(header);
    if (shown.isEmpty()) {
      throw new WebhookRefused(401, "it is not signed: the header %s is missing".formatted(header));
    }
    return shown;
  }

  private static WebhookRefused mismatch(String header) {
    return new WebhookRefused(
        401, "the signature in %s is not that of this body with the secret".formatted(header));
  }

  private static byte[] hmac(String secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Secrets are not told apart by the time it takes. */
  static boolean same(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }
}
