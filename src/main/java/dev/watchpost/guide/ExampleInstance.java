package dev.watchpost.guide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Element;
import dev.watchpost.element.Setting;
import java.util.Map;

/** A body of POST /instances that is accepted as it is; only its values stand for the user's. */
final class ExampleInstance {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(LINES);

  private final Element element;
  private final AuthenticationWay way;

  ExampleInstance(Element element, AuthenticationWay way) {
    this.element = element;
    this.way = way;
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("element").put("key", element.key());
    body.setAll(account());
    ObjectNode configuration = (ObjectNode) body.get("configuration");
    configuration.put("event.notification.enabled", true);
    configuration.put("event.notification.callback.url", "https://mycoolapp.com/events");
    configuration.put("event.notification.signature.key", AuthenticationWay.HIDDEN);
    configuration.put("event.poller.refresh_interval", "15");
    configuration.set("event.poller.configuration", resource());
    body.putArray("tags").add("Docs");
    body.put("name", element.name() + " with polling");
    return body;
  }

  /** The part of the body by which an account is reached. */
  ObjectNode account() {
    ObjectNode account = JsonNodeFactory.instance.objectNode();
    if (!way.providerData().isEmpty()) {
      way.providerData().forEach(account.putObject("providerData")::put);
    }
    ObjectNode settings = account.putObject("configuration");
    for (Setting setting : element.settings()) {
      if (isNeeded(setting)) {
        settings.put(setting.key(), value(setting));
      }
    }
    way.settings().forEach(setting -> settings.put(setting.key(), value(setting)));
    return account;
  }

  private boolean isNeeded(Setting setting) {
    boolean ofOAuth = way.type() == AuthenticationType.OAUTH2 && setting.key().startsWith("oauth.");
    boolean ofBase = setting.key().equals("base.url") && element.baseUrl() == null;
    return setting.defaultValue() == null
        && (setting.required() || (setting.example() != null && (ofOAuth || ofBase)));
  }

  private static String value(Setting setting) {
    return setting.example() == null ? AuthenticationWay.HIDDEN : setting.example();
  }

  /** The first one. */
  private ObjectNode resource() {
    ObjectNode resources = JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> known =
        element.pollerConfiguration().isEmpty()
            ? element.guide().example()
            : element.pollerConfiguration();
    known.entrySet().stream()
        .findFirst()
        .ifPresent(first -> resources.set(first.getKey(), first.getValue()));
    return resources;
  }

  static String text(JsonNode json) {
    try {
      return JSON.writer(PRINTER).writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
