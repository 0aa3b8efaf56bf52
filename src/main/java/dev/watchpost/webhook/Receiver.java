package dev.watchpost.webhook;

import dev.watchpost.element.Element;
import dev.watchpost.element.ElementWebhooks;
import dev.watchpost.element.JsonataMapping;
import dev.watchpost.element.WebhookScheme;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that takes webhooks, and how its element says they are read.
 *
 * @param settings of the instance with its element's defaults
 * @param mapping null: the body is what a mapping would make
 */
record Receiver(
    Instance instance,
    Map<String, String> settings,
    ElementWebhooks said,
    WebhookScheme scheme,
    JsonataMapping mapping) {
  private static final String SIGNATURE = "event.webhook.signature";
  private static final String MAPPING = "event.webhook.mapping";

  /** Empty where the instance or its element takes none. */
  static Optional<Receiver> of(Instances instances, Element element, Instance instance) {
    if (element.webhooks() == null || !instances.byWebhooks(instance)) {
      return Optional.empty();
    }
    Map<String, String> settings = element.withDefaults(instance.configuration());
    String mapping = chosen(element, settings, MAPPING);
    return Optional.of(
        new Receiver(
            instance,
            settings,
            element.webhooks(),
            WebhookScheme.named(chosen(element, settings, SIGNATURE))
                .orElse(element.webhooks().signature()),
            mapping.isEmpty() ? element.webhooks().mapping() : JsonataMapping.of(mapping)));
  }

  /** Only where the element has that setting: a provider's own signature is not for choice. */
  private static String chosen(Element element, Map<String, String> settings, String key) {
    boolean has = element.settings().stream().anyMatch(setting -> setting.key().equals(key));
    return has ? settings.getOrDefault(key, "").strip() : "";
  }

  void verify(IncomingWebhook webhook, Instant now) throws WebhookRefused {
    if (scheme == WebhookScheme.NONE) {
      return;
    }
    if (webhook.get()) {
      throw new WebhookRefused(401, "a GET is not signed; send the webhook as POST");
    }
    WebhookSignature.verify(scheme, webhook, secret(), now);
  }

  void verifyToken(IncomingWebhook webhook, ElementWebhooks.Challenge challenge)
      throws WebhookRefused {
    if (challenge.tokenParameter() != null
        && !WebhookSignature.same(secret(), webhook.parameter(challenge.tokenParameter()))) {
      throw new WebhookRefused(
          401, "the parameter %s is not the secret".formatted(challenge.tokenParameter()));
    }
  }

  private String secret() throws WebhookRefused {
    String secret = settings.getOrDefault(said.secretSetting(), "").strip();
    if (secret.isEmpty()) {
      throw new WebhookRefused(
          403,
          "the instance has no secret to check the %s signature with; set %s"
              .formatted(scheme.text(), said.secretSetting()));
    }
    return secret;
  }
}
