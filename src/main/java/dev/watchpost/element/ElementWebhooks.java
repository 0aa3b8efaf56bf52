package dev.watchpost.element;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What an element says of the webhooks its provider sends. Immutable.
 *
 * @param signature how they are signed
 * @param secretSetting the setting that holds the secret they are signed with
 * @param challenge how a GET is answered that asks whether someone is there; null: not at all
 * @param mapping makes an object or a list of {@code {objectType, objectId, eventType, date, raw}}
 *     of a body; null: the body is that already
 * @param instance makes an object of settings and their values of a body, by which the instance is
 *     found; null: the url has to name it
 * @param deliveryId makes of a body what is the same where the provider sends it again; null: the
 *     signature says
 * @param setup steps at the provider's, in order
 * @param sources urls of the provider's pages
 */
public record ElementWebhooks(
    WebhookScheme signature,
    String secretSetting,
    Challenge challenge,
    JsonataMapping mapping,
    JsonataMapping instance,
    JsonataMapping deliveryId,
    List<String> setup,
    List<String> sources) {

  /** Holds the secret where the element names no other setting. */
  public static final String SECRET = "event.webhook.secret";

  /**
   * @param parameter whose value is the answer
   * @param tokenParameter its value must be the secret; null: nothing is asked
   */
  public record Challenge(String parameter, String tokenParameter) {}

  /**
   * Null where there is none.
   *
   * @throws IllegalArgumentException that names the key
   */
  static ElementWebhooks read(JsonNode webhooks) {
    if (!webhooks.isObject()) {
      return null;
    }
    JsonNode challenge = webhooks.path("challenge");
    return new ElementWebhooks(
        WebhookScheme.named(webhooks.path("signature").asText("none")).orElseThrow(),
        webhooks.path("secretSetting").asText(SECRET),
        challenge.isObject()
            ? new Challenge(
                challenge.path("parameter").asText(), challenge.path("tokenParameter").asText(null))
            : null,
        expression(webhooks, "mapping"),
        expression(webhooks, "instance"),
        expression(webhooks, "deliveryId"),
        texts(webhooks.path("setup")),
        texts(webhooks.path("sources")));
  }

  private static JsonataMapping expression(JsonNode webhooks, String key) {
    String text = webhooks.path(key).asText("");
    try {
      return text.isBlank() ? null : JsonataMapping.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'webhooks.%s' %s".formatted(key, e.getMessage()), e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText().strip()));
    return List.copyOf(texts);
  }
}
