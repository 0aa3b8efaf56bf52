package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import java.util.Map;

/** Requests as users send them. */
final class Bodies {
  static final Element REST = Catalogue.builtIn().find("rest").orElseThrow();

  /** The spec's own, but for the element and its base url; the unbalanced quote is its. */
  static final String SPEC =
      """
      { "element": {"key": "rest"},
        "providerData": {"code": "1c6ff4089d58d80e86482ab7d5b97f15dd7b041d"},
        "configuration": {
          "base.url": "https://api.sage.example/v1",
          "oauth.api.key": "xxxx", "oauth.api.secret": "xxxx", "signature.secret": "xxxx",
          "apim.subscription.key": "xxxx", "country": "US", "oauth.callback.url": "https://mycoolapp.com",
          "event.notification.enabled": true,
          "event.notification.callback.url": "http://mycoolapp.com",
          "event.poller.refresh_interval": "15",
          "event.poller.configuration": { "customers": {
            "url": "/hubs/finance/customers?where=lastModifiedDate>='${date:yyyy-MM-dd'T'HH:mm:ss'Z'}' and attributes='created_at,updated_at",
            "idField": "id",
            "datesConfiguration": {
              "updatedDateField": "updated_at", "updatedDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'", "updatedDateTimezone": "GMT",
              "createdDateField": "created_at", "createdDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'", "createdDateTimezone": "GMT" } } } },
        "tags": ["Test"], "name": "API_Polling" }
      """;

  private Bodies() {}

  static JsonNode spec() {
    return InstanceRequest.json(SPEC);
  }

  static JsonNode json(String text) {
    return InstanceRequest.json(text.replace('`', '"'));
  }

  /** A request for element rest with these members of its configuration, ` for quotes. */
  static JsonNode configured(String members) {
    return json("{`element`:`rest`,`configuration`:{" + members + "}}");
  }

  /** The settings of an instance with one resource {@code things}, ` for quotes. */
  static Map<String, String> resource(String json) {
    return Map.of(
        "base.url",
        "https://api.example.com",
        ResourceParser.CONFIGURATION,
        "{\"things\":" + json.replace('`', '"') + "}");
  }

  static ResourceParser.Parsed parsed(String json) {
    return new ResourceParser(InstanceRules.standard()).parse(REST, resource(json));
  }

  /** The only resource, which must be without a problem. */
  static Resource one(String json) {
    ResourceParser.Parsed parsed = parsed(json);
    if (!parsed.problems().isEmpty()) {
      throw new AssertionError(parsed.problems());
    }
    return parsed.resources().get(0);
  }
}
