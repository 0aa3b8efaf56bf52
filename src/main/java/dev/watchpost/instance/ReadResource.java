package dev.watchpost.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import dev.watchpost.resource.ResourceReader;

/** A resource that is not watched, only read: what a url of a hub asks for. */
public final class ReadResource {
  private static final String NAME = "read";

  private ReadResource() {}

  /**
   * @param path {@code /hubs/{hub}/{resource}}, percent-encoded
   * @param pageSize what is asked for; null or no number: the element's
   * @throws InvalidInstance where the instance's element does not map it
   */
  public static Resource of(Element element, Instance instance, String path, String pageSize) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("url", path).put("idField", "id");
    if (pageSize != null && pageSize.matches("[1-9]\\d{0,5}")) {
      settings.put("pageSize", pageSize);
    }
    Report report = new Report();
    ResourceReader reader =
        new ResourceReader(
            element,
            instance.configuration(),
            ResourceParser.DEFAULT_INTERVAL,
            ResourceParser.DEFAULT_INTERVAL,
            report);
    Resource resource = reader.read(NAME, settings, NAME).orElse(null);
    InvalidInstance.refuse(report);
    return resource;
  }
}
