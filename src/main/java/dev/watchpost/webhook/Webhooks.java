package dev.watchpost.webhook;

import dev.watchpost.change.ToldChanges;
import dev.watchpost.change.ToldReceipt;
import dev.watchpost.date.UnreadableDate;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.element.ElementWebhooks;
import dev.watchpost.element.JsonataMapping;
import dev.watchpost.element.WebhookScheme;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.record.UnusableAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of sources: which instance one is for, whether its provider has signed it, what it
 * tells. An answer comes after the commit. Thread-safe.
 */
public final class Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger("watchpost.webhook");
  private static final int LONGEST_CHALLENGE = 1_000;
  private static final String NOBODY =
      "no instance takes webhooks here: the url is /events/{elementKey}/{base64 of the instance's"
          + " id}, for an instance of that element with event.vendor.type set to webhooks";

  private final Catalogue catalogue;
  private final Instances instances;
  private final ToldChanges changes;
  private final LongPredicate outboxFull;
  private final Clock clock;

  /**
   * @param outboxFull by instance: too much of it is undelivered to take more
   */
  public Webhooks(
      Catalogue catalogue,
      Instances instances,
      ToldChanges changes,
      LongPredicate outboxFull,
      Clock clock) {
    this.catalogue = catalogue;
    this.instances = instances;
    this.changes = changes;
    this.outboxFull = outboxFull;
    this.clock = clock;
  }

  /**
   * Enters what a webhook tells.
   *
   * @param instanceId Base64 of the instance's number
   * @throws WebhookRefused with the status to answer; nothing is entered then
   */
  public ToldReceipt receive(String elementKey, String instanceId, IncomingWebhook webhook)
      throws WebhookRefused {
    Receiver receiver = receiver(elementKey, instanceId);
    receiver.verify(webhook, clock.instant());
    return enter(receiver, webhook);
  }

  /** Enters what a webhook tells that only its content says whom it is for. */
  public ToldReceipt receive(String elementKey, IncomingWebhook webhook) throws WebhookRefused {
    Element element = catalogue.find(elementKey).orElseThrow(() -> refused(404, NOBODY));
    ElementWebhooks said = element.webhooks();
    if (said == null || said.instance() == null) {
      throw refused(
          404,
          "element '%s' does not say whom a webhook is for; ".formatted(element.key()) + NOBODY);
    }
    List<Receiver> named = named(element, settings(said.instance(), webhook));
    WebhookRefused wrong = refused(404, NOBODY);
    List<Receiver> signed = new ArrayList<>();
    for (Receiver candidate : named) {
      try {
        candidate.verify(webhook, clock.instant());
        signed.add(candidate);
      } catch (WebhookRefused e) {
        wrong = e;
      }
    }
    if (signed.isEmpty()) {
      throw wrong;
    }
    if (signed.size() > 1) {
      throw refused(422, "%d instances are meant; name one: ".formatted(signed.size()) + NOBODY);
    }
    return enter(signed.get(0), webhook);
  }

  private static Map<?, ?> settings(JsonataMapping expression, IncomingWebhook webhook)
      throws WebhookRefused {
    Object named = evaluate(expression, webhook, WebhookBody.of(webhook));
    if (!(named instanceof Map<?, ?> settings)
        || settings.isEmpty()
        || settings.containsValue(null)) {
      throw refused(422, "the webhook does not name what its instance is found by");
    }
    return settings;
  }

  private List<Receiver> named(Element element, Map<?, ?> settings) {
    return instances.active().stream()
        .filter(instance -> instance.elementKey().equals(element.key()))
        .filter(instance -> has(element.withDefaults(instance.configuration()), settings))
        .map(instance -> Receiver.of(instances, element, instance))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean has(Map<String, String> configuration, Map<?, ?> settings) {
    return settings.entrySet().stream()
        .allMatch(
            setting ->
                setting
                    .getValue()
                    .toString()
                    .equalsIgnoreCase(configuration.getOrDefault(setting.getKey(), "").strip()));
  }

  /**
   * What a GET that asks whether someone is there is answered; empty: it asks nothing.
   *
   * @throws WebhookRefused where there is no such instance, or it does not show the secret
   */
  public Optional<String> challenge(String elementKey, String instanceId, IncomingWebhook webhook)
      throws WebhookRefused {
    Receiver receiver = receiver(elementKey, instanceId);
    ElementWebhooks.Challenge challenge = receiver.said().challenge();
    if (challenge == null || webhook.parameter(challenge.parameter()).isEmpty()) {
      return Optional.empty();
    }
    receiver.verifyToken(webhook, challenge);
    String answer = webhook.parameter(challenge.parameter());
    if (answer.length() > LONGEST_CHALLENGE) {
      throw refused(422, "the challenge is longer than 1,000 characters");
    }
    return Optional.of(answer);
  }

  /**
   * @throws WebhookRefused where no instance takes webhooks there
   */
  public void requireReceiver(String elementKey, String instanceId) throws WebhookRefused {
    receiver(elementKey, instanceId);
  }

  private Receiver receiver(String elementKey, String encoded) throws WebhookRefused {
    return catalogue
        .find(elementKey)
        .flatMap(
            element ->
                number(encoded)
                    .flatMap(instances::find)
                    .filter(instance -> instance.elementKey().equals(element.key()))
                    .flatMap(instance -> Receiver.of(instances, element, instance)))
        .orElseThrow(() -> refused(404, NOBODY));
  }

  /** Base64 of either alphabet, padded or not. */
  private static Optional<Long> number(String encoded) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(encoded.replace('+', '-').replace('/', '_'));
      return Optional.of(Long.valueOf(new String(bytes, StandardCharsets.US_ASCII).strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private ToldReceipt enter(Receiver receiver, IncomingWebhook webhook) throws WebhookRefused {
    Instance instance = receiver.instance();
    if (!instance.active()) {
      throw refused(503, "the instance is disabled; send it again later");
    }
    if (outboxFull.test(instance.id())) {
      throw refused(503, "too many events of the instance are undelivered; send it again later");
    }
    Object body = WebhookBody.of(webhook);
    JsonataMapping mapping = receiver.mapping();
    Object mapped = mapping == null ? body : evaluate(mapping, webhook, body);
    try {
      ToldReceipt receipt =
          changes.enter(
              instance,
              deliveryId(receiver, webhook, body),
              ToldEvents.of(mapped),
              type -> instances.told(instance, type));
      log(instance, receipt);
      return receipt;
    } catch (UnreadableDate | UnusableAnswer | InvalidInstance e) {
      throw refused(422, "a record that the webhook shows cannot be entered: " + e.getMessage());
    }
  }

  private static void log(Instance instance, ToldReceipt receipt) {
    LOG.info(
        "webhook instance={} received={} created={} updated={} deleted={} unchanged={} repeated={}",
        instance.id(),
        receipt.received(),
        receipt.created(),
        receipt.updated(),
        receipt.deleted(),
        receipt.unchanged(),
        receipt.repeated());
  }

  /**
   * What the signature covers names it: the id of Standard Webhooks, else what the element says,
   * else the body of the providers whose bodies tell their own time.
   */
  private static String deliveryId(Receiver receiver, IncomingWebhook webhook, Object body)
      throws WebhookRefused {
    if (receiver.scheme() == WebhookScheme.STANDARD) {
      return webhook.header("webhook-id");
    }
    JsonataMapping said = receiver.said().deliveryId();
    Object id = said == null ? null : evaluate(said, webhook, body);
    boolean byBody =
        receiver.scheme() == WebhookScheme.GITHUB || receiver.scheme() == WebhookScheme.SHOPIFY;
    return id != null
        ? id.toString()
        : byBody ? new String(webhook.body(), StandardCharsets.ISO_8859_1) : null;
  }

  private static Object evaluate(JsonataMapping mapping, IncomingWebhook webhook, Object body)
      throws WebhookRefused {
    try {
      return mapping.evaluate(body, Map.of("headers", webhook.headers(), "query", webhook.query()));
    } catch (IllegalArgumentException e) {
      throw refused(422, "the mapping does not fit the webhook: " + e.getMessage());
    }
  }

  private static WebhookRefused refused(int status, String message) {
    return new WebhookRefused(status, message);
  }
}
