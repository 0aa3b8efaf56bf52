package dev.watchpost.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The body of a POST /instances of element {@code rest} that watches one resource, {@code
 * customers}.
 */
final class WatchRequest {
  static final String RESOURCE = "customers";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than any test's clock moves: polled only when the test says so. */
  private static final String NEVER_BY_ITSELF = "500000";

  private final ObjectNode configuration = JSON.createObjectNode();

  /**
   * @param resource its settings, with {@code `} for quotes: {@code
   *     `url`:`/customers`,`idField`:`id`}
   */
  WatchRequest(String baseUrl, String callbackUrl, String resource) {
    set("base.url", baseUrl);
    set("event.notification.enabled", "true");
    set("event.notification.callback.url", callbackUrl);
    set("event.poller.refresh_interval", NEVER_BY_ITSELF);
    resource(resource);
  }

  /** One more setting of the configuration, or another value of it. */
  WatchRequest set(String key, String value) {
    configuration.put(key, value);
    return this;
  }

  /** Other settings of the resource. */
  WatchRequest resource(String settings) {
    try {
      ObjectNode resources = JSON.createObjectNode();
      resources.set(RESOURCE, JSON.readTree("{" + settings.replace('`', '"') + "}"));
      return set("event.poller.configuration", resources.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(settings, e);
    }
  }

  /** The setting that says what is polled. */
  String pollerConfiguration() {
    return configuration.path("event.poller.configuration").asText();
  }

  ObjectNode json() {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    request.set("configuration", configuration);
    return request;
  }
}
