package dev.watchpost.element;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a provider signs its webhooks. */
public enum WebhookScheme {
  /** {@code X-Hub-Signature-256: sha256=<hex>} of the body. */
  GITHUB,
  /** {@code Stripe-Signature: t=<seconds>,v1=<hex>} of time and body. */
  STRIPE,
  /** {@code X-Shopify-Hmac-Sha256: <base64>} of the body. */
  SHOPIFY,
  /** {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. */
  STANDARD,
  /** Not at all. */
  NONE;

  /** By its name in any case. */
  public static Optional<WebhookScheme> named(String text) {
    return Arrays.stream(values()).filter(s -> s.text().equalsIgnoreCase(text.strip())).findFirst();
  }

  /** As it is written. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
