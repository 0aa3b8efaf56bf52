package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Element;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The resources that the settings of an instance ask for: those of {@code
 * event.poller.configuration}, else of the legacy {@code event.poller.urls}, else the element's
 * own. Collects every mistake; stops at none.
 */
public final class ResourceParser {
  static final String CONFIGURATION = "event.poller.configuration";
  static final String URLS = "event.poller.urls";
  static final String INTERVAL = "event.poller.refresh_interval";
  static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(15);
  private static final String ROOT = "configuration.";

  private final InstanceRules rules;

  public ResourceParser(InstanceRules rules) {
    this.rules = rules;
  }

  /**
   * What was read.
   *
   * @param resources to be used only where there is no problem
   * @param warnings what is only suspicious, or has no effect
   */
  public record Parsed(List<Resource> resources, List<Problem> problems, List<Problem> warnings) {}

  /**
   * @param configuration flat settings of an instance
   */
  public Parsed parse(Element element, Map<String, String> configuration) {
    Report report = new Report();
    List<Resource> resources = read(element, configuration, report);
    return new Parsed(resources, report.problems(), report.warnings());
  }

  List<Resource> read(Element element, Map<String, String> configuration, Report report) {
    Map<String, String> settings = element.withDefaults(configuration);
    ResourceReader reader =
        new ResourceReader(
            settings,
            element.baseUrl(configuration),
            interval(settings),
            rules.minimumInterval(),
            report);
    String written = settings.getOrDefault(CONFIGURATION, "");
    String urls = settings.getOrDefault(URLS, "");
    if (!written.isBlank()) {
      if (!urls.isBlank()) {
        report.warn(ROOT + URLS, "has no effect beside " + CONFIGURATION + "; remove it");
      }
      JsonNode node = Json.read(written, ROOT + CONFIGURATION, report);
      return node == null ? List.of() : resources(node, reader, report);
    }
    if (!urls.isBlank()) {
      return legacy(urls, reader, report);
    }
    return ofElement(element, reader, report);
  }

  /** The instance's; what cannot work is for {@link SettingsCheck} to say. */
  private static Duration interval(Map<String, String> settings) {
    String text = settings.getOrDefault(INTERVAL, "");
    return text.isBlank()
        ? DEFAULT_INTERVAL
        : Durations.parse(text, Duration.ofMinutes(1)).orElse(DEFAULT_INTERVAL);
  }

  private static List<Resource> resources(JsonNode node, ResourceReader reader, Report report) {
    List<Resource> resources = new ArrayList<>();
    Fields fields = Fields.of(node, ROOT + CONFIGURATION, report);
    for (String name : fields.names()) {
      resources.add(reader.read(name, node.get(name), fields.path(name)));
    }
    if (node.isObject() && resources.isEmpty()) {
      report.warn(ROOT + CONFIGURATION, "holds no resource: the instance polls nothing");
    }
    return List.copyOf(resources);
  }

  private static List<Resource> legacy(String urls, ResourceReader reader, Report report) {
    List<Resource> resources = new ArrayList<>();
    List<String> lines = LegacyUrls.lines(urls);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String path = "%s%s[%d]".formatted(ROOT, URLS, i);
      JsonNode node = LegacyUrls.resource(lines.get(i), path, report);
      String name = LegacyUrls.name(lines.get(i));
      if (!names.add(name)) {
        report.problem(path, "resource '%s' is there twice; give it another name".formatted(name));
      }
      if (node != null) {
        resources.add(reader.read(name, node, path));
      }
    }
    return List.copyOf(resources);
  }

  private static List<Resource> ofElement(Element element, ResourceReader reader, Report report) {
    if (element.pollerConfiguration().isEmpty()) {
      report.warn(
          ROOT + CONFIGURATION,
          "is missing, and element '%s' has no default: the instance polls nothing"
              .formatted(element.key()));
    }
    List<Resource> resources = new ArrayList<>();
    element
        .pollerConfiguration()
        .forEach(
            (name, node) ->
                resources.add(
                    reader.read(name, node, "%s%s.%s".formatted(ROOT, CONFIGURATION, name))));
    return List.copyOf(resources);
  }
}
