package dev.watchpost.callback;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.watchpost.callback.NotificationFormat.Body;
import dev.watchpost.instance.CallbackHeaders;
import dev.watchpost.instance.EndpointUri;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Claimed;
import dev.watchpost.outbox.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes of a notification, by the settings of its instance, what is sent. Thread-safe. */
final class CallbackRequests {
  private static final String ELEMENTS = "elements";

  private final Map<String, NotificationFormat> formats;

  /** Settings -> what they mean: an endpoint gets many notifications. */
  private final LoadingCache<String, Signature> signatures =
      Caffeine.newBuilder().maximumSize(1_000).build(Signature::withKeys);

  private final String userAgent;

  CallbackRequests(Envelope envelope, String version) {
    this.formats = Map.of(ELEMENTS, envelope, "cloudevents", new CloudEventFormat());
    this.userAgent = "Watchpost/" + version;
  }

  /**
   * The POST of all its events.
   *
   * @throws IllegalArgumentException where the instance's settings do not allow one
   */
  CallbackRequest post(Instance instance, String url, Claimed notification, Instant now) {
    Map<String, String> settings = instance.configuration();
    Body body = format(settings).notification(instance, notification);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", userAgent);
    basicAuthentication(settings, headers);
    headers.putAll(CallbackHeaders.of(settings));
    headers.put("Content-Type", body.contentType());
    headers.putAll(signature(settings, notification.messageId(), body, now));
    return new CallbackRequest(url, headers, body.bytes());
  }

  /**
   * A message for each of its events, in their order, each under its event's id: brokers order and
   * share out by message. At a repeated delivery all come again, under the same ids.
   *
   * @throws IllegalArgumentException where the instance's settings do not allow them
   */
  List<EndpointMessage> messages(
      Instance instance, EndpointUri endpoint, Claimed notification, Instant now) {
    Map<String, String> settings = instance.configuration();
    NotificationFormat format = format(settings);
    return notification.events().stream()
        .map(
            event ->
                message(
                    settings, endpoint, event, format.event(instance, notification, event), now))
        .toList();
  }

  private EndpointMessage message(
      Map<String, String> settings,
      EndpointUri endpoint,
      OutboxEvent event,
      Body body,
      Instant now) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(CallbackHeaders.of(settings));
    headers.put("content-type", body.contentType());
    headers.put("webhook-id", event.eventId());
    headers.put("Elements-Webhook-Id", event.eventId());
    headers.putAll(signature(settings, event.eventId(), body, now));
    if (endpoint.scheme().equals("kafka")) {
      headers.put("kafka.KEY", event.objectId());
    }
    if (endpoint.scheme().equals("file") && !endpoint.has("fileName")) {
      headers.put("CamelFileName", event.eventId() + ".json");
    }
    return new EndpointMessage(headers, new String(body.bytes(), StandardCharsets.UTF_8));
  }

  private NotificationFormat format(Map<String, String> settings) {
    String name = settings.getOrDefault("event.notification.format", "").strip();
    NotificationFormat format =
        formats.get(name.isEmpty() ? ELEMENTS : name.toLowerCase(Locale.ROOT));
    if (format == null) {
      throw new IllegalArgumentException(
          "expected event.notification.format elements or cloudevents, found '%s'".formatted(name));
    }
    return format;
  }

  /** None without a key. */
  private Map<String, String> signature(
      Map<String, String> settings, String id, Body body, Instant now) {
    String key = settings.getOrDefault("event.notification.signature.key", "");
    return key.isBlank() ? Map.of() : signatures.get(key).headers(id, now, body.bytes());
  }

  private static void basicAuthentication(
      Map<String, String> settings, Map<String, String> headers) {
    String username = settings.getOrDefault("event.notification.basic.username", "");
    if (!username.isEmpty()) {
      String password = settings.getOrDefault("event.notification.basic.password", "");
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }
}
