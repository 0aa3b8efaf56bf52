package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Poller configurations of real users, the broken ones among them. */
class RealConfigurationsTest {

  @TestFactory
  Stream<DynamicTest> every_one_is_read_or_refused_with_a_path_and_a_message() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/poller-configurations.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      return IntStream.range(0, all.size())
          .mapToObj(i -> DynamicTest.dynamicTest(name(i, all.get(i)), () -> read(all.get(i))));
    }
  }

  private static String name(int index, JsonNode entry) {
    return "%d %s (%s)"
        .formatted(index, entry.path("element").asText(), entry.path("form").asText());
  }

  private static void read(JsonNode entry) {
    boolean legacy = entry.path("form").asText().startsWith(ResourceParser.URLS);
    Map<String, String> settings =
        Map.of(
            "base.url",
            "https://api.example.com",
            legacy ? ResourceParser.URLS : ResourceParser.CONFIGURATION,
            Json.flat(entry.path("configuration")));

    ResourceParser.Parsed parsed =
        new ResourceParser(InstanceRules.standard()).parse(Bodies.REST, settings);

    assertThat(parsed.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.path()).startsWith("configuration.event.poller.");
              assertThat(problem.message()).isNotBlank();
            });
    if (parsed.problems().isEmpty()) {
      assertThat(parsed.resources()).isNotEmpty().doesNotContainNull();
    }
  }
}
