package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import dev.watchpost.resource.ResourceReader;

/** A resource that is not polled, only told by webhooks. */
final class ToldResource {
  private ToldResource() {}

  /**
   * @throws InvalidInstance where the name is too long, or the element's own resource cannot work
   */
  static Resource of(Element element, Instance instance, String name) {
    Report report = new Report();
    ResourceReader reader =
        new ResourceReader(
            element,
            instance.configuration(),
            ResourceParser.DEFAULT_INTERVAL,
            ResourceParser.DEFAULT_INTERVAL,
            report);
    JsonNode settings = element.pollerConfiguration().getOrDefault(name, byId());
    Resource resource = reader.read(name, settings, name).orElse(null);
    InvalidInstance.refuse(report);
    return resource;
  }

  /** Its url is never asked. */
  private static ObjectNode byId() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("url", "http://localhost/")
        .put("idField", "id");
  }
}
