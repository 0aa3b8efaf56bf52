package dev.watchpost.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.watchpost.element.Catalogue;
import dev.watchpost.instance.Bodies;
import dev.watchpost.instance.InstanceCheck;
import dev.watchpost.instance.InstanceRequest;
import dev.watchpost.instance.InstanceRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Poller configurations of real users, the broken ones among them. {@code
 * poller-configurations.verdicts.yaml} holds our verdict on each, with its reason, and what the
 * validator makes of it: urls at a fixed clock, warnings, problems. Where the validator changes,
 * the whole file as it would be now lies in {@code target/}; read the difference before copying it.
 */
class RealConfigurationsTest {
  private static final Instant WINDOW_START = Instant.parse("2026-07-15T17:45:10.123456Z");
  private static final Instant NOW = Instant.parse("2026-07-15T18:30:15.654321Z");
  private static final String BASE = "https://api.example.com";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  /** What is written by hand: verdict, reason, settings; and what the validator says. */
  private record Entry(
      int entry,
      String element,
      String form,
      String verdict,
      String reason,
      Map<String, String> settings,
      Map<String, String> urls,
      List<String> warnings,
      List<String> problems) {}

  @TestFactory
  Stream<DynamicTest> every_one_is_judged_as_the_snapshot_says() throws Exception {
    JsonNode all = JSON.readTree(resource("/poller-configurations.json"));
    List<Entry> expected =
        YAML.readValue(
            resource("/poller-configurations.verdicts.yaml"), new TypeReference<List<Entry>>() {});
    List<Entry> actual = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      actual.add(judge(all.get(i), i < expected.size() ? expected.get(i) : unjudged(i)));
    }
    YAML.writeValue(
        Files.newBufferedWriter(Path.of("target", "poller-configurations.verdicts.yaml")), actual);
    assertThat(expected).hasSameSizeAs(actual);
    return IntStream.range(0, actual.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(name(actual.get(i)), () -> check(expected, actual, i)));
  }

  private static void check(List<Entry> expected, List<Entry> actual, int i) throws IOException {
    assertThat(YAML.writeValueAsString(actual.get(i)))
        .isEqualTo(YAML.writeValueAsString(expected.get(i)));
    assertThat(expected.get(i).reason()).as("reason").isNotBlank();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RealConfigurationsTest.class.getResourceAsStream(name)) {
      return in == null
          ? "[]"
          : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static String name(Entry entry) {
    return "%d %s (%s)".formatted(entry.entry(), entry.element(), entry.verdict());
  }

  private static Entry unjudged(int index) {
    return new Entry(index, null, null, null, "", Map.of(), null, null, null);
  }

  private static Entry judge(JsonNode given, Entry judged) {
    Report report = new Report();
    Map<String, String> settings = new LinkedHashMap<>(Map.of("base.url", BASE));
    settings.putAll(judged.settings() == null ? Map.of() : judged.settings());
    List<Resource> resources = read(given, settings, report);
    String verdict =
        report.broken() ? "broken" : report.warnings().isEmpty() ? "sound" : "suspicious";
    return new Entry(
        judged.entry(),
        given.path("element").asText(),
        given.path("form").asText(),
        verdict,
        judged.reason(),
        judged.settings(),
        report.broken() ? Map.of() : urls(resources, settings),
        texts(report.warnings()),
        texts(report.problems()));
  }

  private static List<Resource> read(JsonNode given, Map<String, String> settings, Report report) {
    JsonNode configuration = given.path("configuration");
    InstanceCheck check = new InstanceCheck(Catalogue.builtIn(), InstanceRules.standard());
    if (given.path("form").asText().startsWith("standalone") && isBody(configuration)) {
      return body(configuration, settings, check, report);
    }
    boolean legacy = given.path("form").asText().startsWith(ResourceParser.URLS);
    settings.put(
        legacy ? ResourceParser.URLS : ResourceParser.CONFIGURATION, Json.flat(configuration));
    check.check(Bodies.REST, settings, Map.of(), report);
    return check.resources(Bodies.REST, settings, new Report());
  }

  private static boolean isBody(JsonNode configuration) {
    return configuration.isTextual() || configuration.has("configuration");
  }

  /** What POST /elements/rest/instances makes of a whole body. */
  private static List<Resource> body(
      JsonNode body, Map<String, String> settings, InstanceCheck check, Report report) {
    JsonNode node = body.isTextual() ? Json.read(body.asText(), "", report) : body.deepCopy();
    if (node == null) {
      return List.of();
    }
    ((ObjectNode) node).put("element", "rest");
    InstanceRequest request = InstanceRequest.read(node, report);
    settings.putAll(request.configuration());
    check.check(Bodies.REST, settings, Map.of(), report);
    return check.resources(Bodies.REST, settings, new Report());
  }

  private static Map<String, String> urls(List<Resource> resources, Map<String, String> settings) {
    Map<String, String> urls = new LinkedHashMap<>();
    for (Resource resource : resources) {
      String url = resource.url().resolve(WINDOW_START, NOW, settings).url();
      urls.put(resource.name(), url.startsWith("/") ? BASE + url : url);
    }
    return urls;
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.toString().replace("configuration.event.poller.configuration.", ""))
        .toList();
  }
}
