package dev.watchpost.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Claimed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the POST of a notification from the settings of its instance. Thread-safe. */
final class CallbackRequests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ELEMENTS = "elements";

  /** The connection's own: a setting of these would break the request. */
  private static final Set<String> NOT_SETTABLE =
      Set.of("host", "content-length", "transfer-encoding", "connection", "content-type");

  private final Envelope envelope;
  private final String userAgent;

  CallbackRequests(Envelope envelope, String version) {
    this.envelope = envelope;
    this.userAgent = "Watchpost/" + version;
  }

  /**
   * @throws IllegalArgumentException where the instance's settings do not allow one
   */
  CallbackRequest of(Instance instance, Claimed notification, Instant now) {
    Map<String, String> settings = instance.configuration();
    String url = settings.getOrDefault("event.notification.callback.url", "");
    if (url.isBlank()) {
      throw new IllegalArgumentException("the instance has no event.notification.callback.url");
    }
    byte[] body = body(instance, notification);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", userAgent);
    basicAuthentication(settings, headers);
    ownHeaders(settings.get("event.notification.callback.headers"), headers);
    headers.put("Content-Type", "application/json");
    String key = settings.getOrDefault("event.notification.signature.key", "");
    if (!key.isBlank()) {
      headers.putAll(Signature.withKeys(key).headers(notification.messageId(), now, body));
    }
    return new CallbackRequest(url.strip(), headers, body);
  }

  private byte[] body(Instance instance, Claimed notification) {
    String format = instance.configuration().getOrDefault("event.notification.format", ELEMENTS);
    if (!format.isBlank() && !format.equals(ELEMENTS)) {
      throw new IllegalArgumentException(
          "expected event.notification.format elements, found '%s'".formatted(format));
    }
    return envelope.write(instance, notification);
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

  private static void ownHeaders(String json, Map<String, String> headers) {
    if (json == null || json.isBlank()) {
      return;
    }
    try {
      JsonNode own = JSON.readTree(json);
      own.properties().stream()
          .filter(header -> !NOT_SETTABLE.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a JSON object in event.notification.callback.headers");
    }
  }
}
