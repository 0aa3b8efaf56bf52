package dev.watchpost.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.date.SourceDateFormat;
import dev.watchpost.instance.Bodies;
import dev.watchpost.instance.InstanceRules;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How users write urls, formats, zones, paths and whole configurations, right and wrong: {@code
 * written-by-users.txt}, whose head says what its lines mean.
 */
class WrittenByUsersTest {
  private static final Instant WINDOW_START = Instant.parse("2026-07-15T17:45:10.123456Z");
  private static final Instant NOW = Instant.parse("2026-07-15T18:30:15.654321Z");

  /**
   * @param kind what the input is
   * @param verdict accepted, warning or refused
   * @param outcome what it resolves to, or a part of what is said
   */
  private record Line(String kind, String verdict, String input, String outcome) {
    static Line of(String text) {
      String[] parts = text.split(" :: ", -1);
      String[] head = parts[0].strip().split("\\s+");
      return new Line(head[0], head[1], parts[1].strip(), parts.length > 2 ? parts[2].strip() : "");
    }
  }

  @TestFactory
  Stream<DynamicTest> each_is_accepted_warned_of_or_refused() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/written-by-users.txt")) {
      List<Line> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Line::of)
              .toList();
      assertThat(lines).hasSizeGreaterThan(150);
      return lines.stream()
          .map(
              line ->
                  DynamicTest.dynamicTest(
                      line.kind() + " " + line.verdict() + " " + line.input(), () -> check(line)));
    }
  }

  private static void check(Line line) {
    Map<String, String> settings = settings(line);
    Report report = new Report();
    List<Resource> resources =
        new ResourceParser(InstanceRules.standard().minimumInterval())
            .read(Bodies.REST, settings, report);

    List<String> problems = report.problems().stream().map(Problem::toString).toList();
    List<String> warnings = report.warnings().stream().map(Problem::toString).toList();
    switch (line.verdict()) {
      case "accepted" -> {
        assertThat(problems).isEmpty();
        assertThat(warnings).isEmpty();
        assertOutcome(line, resources, settings);
      }
      case "warning" -> {
        assertThat(problems).isEmpty();
        assertThat(warnings).anyMatch(warning -> warning.contains(line.outcome()));
      }
      case "refused" -> {
        assertThat(problems)
            .isNotEmpty()
            .allMatch(problem -> problem.startsWith("configuration.event.poller."))
            .anyMatch(problem -> problem.contains(line.outcome()));
      }
      default -> throw new AssertionError("no verdict: " + line);
    }
  }

  private static Map<String, String> settings(Line line) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("base.url", "https://api.example.com");
    settings.put("listId", "l-0001");
    String input = line.input();
    switch (line.kind()) {
      case "urls" -> settings.put(ResourceParser.URLS, input.replace("\\n", "\n"));
      case "poller" -> settings.put(ResourceParser.CONFIGURATION, input.replace('`', '"'));
      default ->
          settings.put(
              ResourceParser.CONFIGURATION, "{\"things\":" + resource(line.kind(), input) + "}");
    }
    return settings;
  }

  private static String resource(String kind, String input) {
    String value = Json.write(input);
    String dates = "{\"url\":\"/x\",\"idField\":\"id\",\"datesConfiguration\":{";
    return switch (kind) {
      case "url" -> "{\"idField\":\"id\",\"url\":" + value + "}";
      case "format" -> dates + "\"updatedDateField\":\"at\",\"updatedDateFormat\":" + value + "}}";
      case "zone" ->
          dates
              + "\"updatedDateField\":\"at\",\"updatedDateFormat\":\"yyyy-MM-dd HH:mm\","
              + "\"updatedDateTimezone\":"
              + value
              + "}}";
      case "dates" -> dates + input.replace('`', '"') + "}}";
      case "id" -> "{\"url\":\"/x\",\"idField\":" + input.replace('`', '"') + "}";
      case "with" -> "{\"url\":\"/x\",\"idField\":\"id\"," + input.replace('`', '"') + "}";
      case "resource" -> input.replace('`', '"');
      default -> throw new AssertionError("no kind: " + kind);
    };
  }

  /** A url as it is asked; a date as it is read; the segments of an id. */
  private static void assertOutcome(
      Line line, List<Resource> resources, Map<String, String> settings) {
    Resource first = resources.get(0);
    switch (line.kind()) {
      case "url" ->
          assertThat(first.url().resolve(WINDOW_START, NOW, settings).url())
              .isEqualTo(line.outcome());
      case "format", "zone" -> {
        String[] reads = line.outcome().split(" -> ");
        SourceDateFormat format = first.updated().format();
        assertThat(format.parse(reads[0]).start()).isEqualTo(Instant.parse(reads[1]));
      }
      case "id" ->
          assertThat(first.idField().stream().map(FieldPath::segments).toList().toString())
              .isEqualTo(line.outcome());
      case "urls", "poller" ->
          assertThat(resources.stream().map(Resource::name).toList().toString())
              .isEqualTo(line.outcome());
      default -> assertThat(first).isNotNull();
    }
  }
}
