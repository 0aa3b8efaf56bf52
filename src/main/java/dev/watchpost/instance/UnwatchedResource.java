package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import dev.watchpost.resource.ResourceReader;

/** A resource that is not polled: only read through a hub, or only told by webhooks. */
public final class UnwatchedResource {
  private static final String READ = "read";

  private UnwatchedResource() {}

  /**
   * What a url of a hub asks for.
   *
   * @param path {@code /hubs/{hub}/{resource}}, percent-encoded
   * @param pageSize what is asked for; null or no number: the element's
   * @throws InvalidInstance where the instance's element does not map it
   */
  public static Resource read(Element element, Instance instance, String path, String pageSize) {
    ObjectNode settings = byId(path);
    if (pageSize != null && pageSize.matches("[1-9]\\d{0,5}")) {
      settings.put("pageSize", pageSize);
    }
    return of(element, instance, READ, settings);
  }

  /**
   * What webhooks tell of. The url of one that the element does not poll is never asked.
   *
   * @throws InvalidInstance where the name is too long, or the element's own resource cannot work
   */
  static Resource told(Element element, Instance instance, String name) {
    JsonNode own = element.pollerConfiguration().get(name);
    return of(element, instance, name, own == null ? byId("http://localhost/") : own);
  }

  private static Resource of(Element element, Instance instance, String name, JsonNode settings) {
    Report report = new Report();
    ResourceReader reader =
        new ResourceReader(
            element,
            instance.configuration(),
            ResourceParser.DEFAULT_INTERVAL,
            ResourceParser.DEFAULT_INTERVAL,
            report);
    Resource resource = reader.read(name, settings, name).orElse(null);
    InvalidInstance.refuse(report);
    return resource;
  }

  private static ObjectNode byId(String url) {
    return JsonNodeFactory.instance.objectNode().put("url", url).put("idField", "id");
  }
}
