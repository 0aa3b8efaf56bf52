package dev.watchpost.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.date.UrlEncoding;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.element.ElementGuide;
import dev.watchpost.element.Setting;
import dev.watchpost.hub.HubQuery;
import dev.watchpost.instance.InstanceRules;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in element is complete, and what it asks is what was read and approved. */
class BuiltInElementsTest {
  private static final Path FILES = Path.of("src/main/resources/elements");
  private static final Path URLS = Path.of("src/test/resources/element-urls.txt");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T12:15:00Z");

  static List<Element> elements() {
    return Catalogue.builtIn().all();
  }

  @Test
  void every_file_of_the_catalogue_is_an_element() throws Exception {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".yaml"))
          .containsExactlyInAnyOrderElementsOf(
              elements().stream().map(element -> element.key() + ".yaml").toList());
    }
    assertThat(elements()).extracting(Element::number).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("elements")
  void it_says_what_it_is_how_it_is_set_up_and_where_that_was_read(Element element) {
    assertThat(element.name()).isNotBlank().isNotEqualTo(element.key());
    assertThat(element.description()).isNotBlank();
    assertThat(element.documentation()).startsWith("https://");
    assertThat(element.guide().setup()).isNotEmpty();
    assertThat(element.guide().limits()).isNotEmpty();
    assertThat(element.settings())
        .allSatisfy(setting -> assertThat(setting.description()).isNotBlank());
    assertThat(element.authentication().contains(AuthenticationType.OAUTH2))
        .isEqualTo(element.oauth() != null || element.key().equals("rest"));
  }

  @ParameterizedTest
  @MethodSource("elements")
  void each_resource_names_its_source(Element element) {
    for (String resource : element.pollerConfiguration().keySet()) {
      ElementGuide.Note note = element.guide().of(resource);
      assertThat(note.description()).as(resource).isNotBlank();
      assertThat(note.source()).as(resource).startsWith("https://");
    }
  }

  @ParameterizedTest
  @MethodSource("elements")
  void its_default_resources_are_accepted_without_a_warning(Element element) {
    ResourceParser.Parsed parsed = parsed(element);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.resources()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("elements")
  void every_setting_in_its_urls_is_listed(Element element) {
    List<String> known = element.settings().stream().map(Setting::key).toList();
    for (Resource resource : parsed(element).resources()) {
      assertThat(known).containsAll(resource.url().placeholders());
    }
    assertThat(element.baseUrl(example(element))).doesNotContain("{");
  }

  /** To approve a change, write what it shows into the file after reading it line by line. */
  @Test
  void the_urls_it_asks_are_the_approved_ones() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Element element : elements()) {
      for (Resource resource : parsed(element).resources()) {
        String name = element.key() + "/" + resource.name();
        lines.add("%s %s %s".formatted(name, resource.method(), url(element, resource.url())));
        if (resource.deletes() instanceof Deletes.Sweep sweep && sweep.url() != null) {
          lines.add("%s sweep %s".formatted(name, url(element, sweep.url())));
        }
        if (resource.deletes() instanceof Deletes.ByUrl byUrl) {
          lines.add("%s deleted %s".formatted(name, url(element, byUrl.url())));
        }
      }
    }
    assertThat(lines).isEqualTo(Files.readAllLines(URLS));
  }

  @Test
  void the_page_of_elements_lists_every_one_as_it_is() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("docs/elements.md")).stream()
            .filter(line -> line.matches("\\| `[a-z]+` \\| \\d+ \\| .*"))
            .toList();
    assertThat(rows).isEqualTo(elements().stream().map(BuiltInElementsTest::row).toList());
  }

  private static String row(Element element) {
    List<String> resources = new ArrayList<>();
    for (Map.Entry<String, JsonNode> resource : element.pollerConfiguration().entrySet()) {
      resources.add(resource.getKey() + (resource.getValue().has("deletes") ? "†" : ""));
    }
    List<String> types = element.authentication().stream().map(AuthenticationType::text).toList();
    return "| `%s` | %d | %s | %s | %s |"
        .formatted(
            element.key(),
            element.number(),
            element.name() + (ElementPage.of(element).isDoubtful() ? " (partly unverified)" : ""),
            String.join(", ", types),
            resources.isEmpty() ? "what the instance says" : String.join(", ", resources));
  }

  private static String url(Element element, TokenTemplate template) {
    Map<String, String> settings = element.withDefaults(example(element));
    String path = template.resolve(START, NOW, settings).url();
    String asked =
        element.hubMapping() != null && HubQuery.isHubUrl(path)
            ? element.hubMapping().url(element.hub(), path)
            : path;
    String url = UrlEncoding.encode(element.baseUrl(settings)) + asked;
    assertThat(URI.create(url.replaceAll("[\\[\\]|^]", "-")).getHost()).as(url).isNotBlank();
    return url;
  }

  private static ResourceParser.Parsed parsed(Element element) {
    return new ResourceParser(InstanceRules.standard().minimumInterval())
        .parse(element, example(element));
  }

  /** The settings of the example, with its resource only where the element has none. */
  private static Map<String, String> example(Element element) {
    AuthenticationWay way = AuthenticationWay.of(element).get(0);
    JsonNode body = new ExampleInstance(element, way).body();
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> setting : body.path("configuration").properties()) {
      JsonNode value = setting.getValue();
      settings.put(setting.getKey(), value.isValueNode() ? value.asText() : json(value));
    }
    if (!element.pollerConfiguration().isEmpty()) {
      settings.remove("event.poller.configuration");
    }
    return settings;
  }

  private static String json(JsonNode value) {
    return new ObjectMapper().convertValue(value, JsonNode.class).toString();
  }
}
