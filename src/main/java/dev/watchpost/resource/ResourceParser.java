package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Element;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resources that the settings of an instance ask for: those of {@code
 * event.poller.configuration}, else of the legacy {@code event.poller.urls}, else the element's
 * own. Collects every mistake; stops at none.
 */
public final class ResourceParser {
  public static final String CONFIGURATION = "event.poller.configuration";
  public static final String URLS = "event.poller.urls";
  public static final String INTERVAL = "event.poller.refresh_interval";
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(15);
  private static final String ROOT = "configuration.";

  private final Duration minimumInterval;

  /**
   * @param minimumInterval between two polls ({@code watchpost.poll.minimum-interval})
   */
  public ResourceParser(Duration minimumInterval) {
    this.minimumInterval = minimumInterval;
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

  public List<Resource> read(Element element, Map<String, String> configuration, Report report) {
    Map<String, String> settings = element.withDefaults(configuration);
    ResourceReader reader =
        new ResourceReader(element, configuration, interval(settings), minimumInterval, report);
    String written = settings.getOrDefault(CONFIGURATION, "");
    String urls = settings.getOrDefault(URLS, "");
    List<String> chosen = LegacyUrls.names(urls);
    if (!written.isBlank()) {
      if (!urls.isBlank() && chosen.isEmpty()) {
        report.warn(ROOT + URLS, "has no effect beside " + CONFIGURATION + "; remove it");
      }
      JsonNode node = PollerJson.read(written, ROOT + CONFIGURATION, report);
      return node == null ? List.of() : chosen(resources(node, reader, report), chosen, report);
    }
    if (!urls.isBlank() && chosen.isEmpty()) {
      return legacy(urls, reader, report);
    }
    return chosen.isEmpty()
        ? ofElement(element, reader, report)
        : ofElement(element, chosen, reader, report);
  }

  /** As in Cloud Elements, {@code event.poller.urls} may name some of those configured. */
  private static List<Resource> chosen(
      List<Resource> configured, List<String> chosen, Report report) {
    List<Resource> polled =
        configured.stream().filter(r -> chosen.isEmpty() || chosen.contains(r.name())).toList();
    if (polled.isEmpty() && !configured.isEmpty()) {
      report.problem(
          ROOT + URLS,
          "names none of the resources in %s; remove it, or name them".formatted(CONFIGURATION));
    } else if (polled.size() < configured.size()) {
      List<String> others = configured.stream().map(Resource::name).toList();
      report.warn(
          ROOT + URLS,
          "leaves out %s: they are not polled"
              .formatted(
                  others.stream()
                      .filter(n -> !chosen.contains(n))
                      .collect(Collectors.joining(", "))));
    }
    return polled;
  }

  /** The instance's; what cannot work is for the check of the instance's settings to say. */
  private static Duration interval(Map<String, String> settings) {
    String text = settings.getOrDefault(INTERVAL, "");
    return text.isBlank()
        ? DEFAULT_INTERVAL
        : Durations.parse(text, Duration.ofMinutes(1)).orElse(DEFAULT_INTERVAL);
  }

  private static List<Resource> resources(JsonNode node, ResourceReader reader, Report report) {
    List<Resource> resources = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = "%s%s.%s".formatted(ROOT, CONFIGURATION, entry.getKey());
      reader.read(entry.getKey(), entry.getValue(), path).ifPresent(resources::add);
    }
    if (node.isEmpty()) {
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
        reader.read(name, node, path).ifPresent(resources::add);
      }
    }
    return List.copyOf(resources);
  }

  private static List<Resource> ofElement(
      Element element, List<String> names, ResourceReader reader, Report report) {
    List<String> unknown = new ArrayList<>(names);
    unknown.removeAll(element.pollerConfiguration().keySet());
    if (!unknown.isEmpty()) {
      report.problem(
          ROOT + URLS,
          "names %s, for which element '%s' has no defaults; write resource|url, such as"
                  .formatted(Report.shown(String.join(", ", unknown)), element.key())
              + " contacts|/contacts, a line for each resource, or use "
              + CONFIGURATION);
      return List.of();
    }
    List<Resource> all = ofElement(element, reader, report);
    return all.stream().filter(resource -> names.contains(resource.name())).toList();
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
                reader
                    .read(name, node, "%s%s.%s".formatted(ROOT, CONFIGURATION, name))
                    .ifPresent(resources::add));
    return List.copyOf(resources);
  }
}
