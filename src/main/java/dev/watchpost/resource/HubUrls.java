package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.date.InvalidDateSetting;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.element.Element;
import dev.watchpost.hub.HubMapping;
import dev.watchpost.hub.HubQuery;
import dev.watchpost.hub.InvalidHubQuery;
import java.time.Instant;
import java.util.Map;

/**
 * Urls of hubs among the settings of resources: whether the element can express them, and the
 * settings that it adds to such resources.
 *
 * @param settings of the instance, which fill the placeholders
 */
record HubUrls(Element element, Map<String, String> settings) {

  /** Where the url cannot be mapped, reports it; other urls are none of its concern. */
  void check(Fields fields, String key, TokenTemplate url) {
    if (!HubQuery.isHubUrl(url.source())) {
      return;
    }
    HubMapping mapping = element.hubMapping();
    if (mapping == null) {
      fields.problem(
          key,
          "found '%s', and element '%s' maps no urls of hubs; write the provider's own url"
              .formatted(Report.shown(url), element.key()));
      return;
    }
    try {
      mapping.url(element.hub(), resolved(url));
    } catch (InvalidHubQuery e) {
      fields.problem(key, e.getMessage());
    }
  }

  /** Any time will do: what is mapped does not depend on it. */
  private String resolved(TokenTemplate url) {
    return url.resolve(Instant.EPOCH, Instant.EPOCH, settings).url();
  }

  /**
   * A resource with the element's settings for its url behind its own; the same where its url is of
   * no hub, or broken. The instance's {@code pagination.*} come before the element's.
   */
  JsonNode withDefaults(JsonNode resource) {
    String text = resource.path("url").asText("").strip();
    if (element.hubMapping() == null || !resource.isObject() || !HubQuery.isHubUrl(text)) {
      return resource;
    }
    ObjectNode whole = resource.deepCopy();
    defaults(text)
        .forEach(
            (key, value) -> {
              boolean set = whole.hasNonNull(key);
              boolean instances =
                  key.equals("pagination") && settings.containsKey("pagination.type");
              if (!set && !instances) {
                whole.set(key, value);
              }
            });
    return whole;
  }

  private Map<String, JsonNode> defaults(String url) {
    try {
      String resolved = resolved(TokenTemplate.parse(url));
      return element.hubMapping().defaults(element.hub(), resolved);
    } catch (InvalidDateSetting | InvalidHubQuery e) {
      return Map.of(); // the check of the url says it
    }
  }
}
