package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real configurations with some characters lost, doubled, exchanged or strange. Whatever comes of
 * it is read or refused in words, at once; what is accepted can be asked.
 */
class MisspeltConfigurationsTest {
  private static final int ROUNDS = 10_000;
  private static final String STRANGE = "'\"{}$[]:%&#?+\\|/ ~<>^`.,;=@€ßyMdHhmsSzZXT0\n\0";
  private static final Instant NOW = Instant.parse("2026-11-01T08:30:00Z");

  private final Random random = new Random(20261101);
  private final ResourceParser parser =
      new ResourceParser(InstanceRules.standard().minimumInterval());

  @Test
  void each_is_read_or_refused_in_words() throws Exception {
    List<String> real = real();
    Instant begin = Instant.now();
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = misspelt(real.get(random.nextInt(real.size())));
      Map<String, String> settings =
          Map.of("base.url", "https://api.example.com", ResourceParser.CONFIGURATION, text);
      ResourceParser.Parsed parsed = parser.parse(Bodies.REST, settings);
      for (Problem problem : parsed.problems()) {
        assertThat(problem.path()).startsWith("configuration.event.poller.configuration");
        assertThat(problem.message()).as(text).isNotBlank();
      }
      if (parsed.problems().isEmpty()) {
        accepted++;
        parsed.resources().forEach(MisspeltConfigurationsTest::canBeAsked);
      }
    }
    System.out.printf("%d misspelt configurations, %d accepted%n", ROUNDS, accepted);
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"y", "a", "{", "$", "${", "'", "{yyyy-", "since=", "<A", "%24%7Bdate", "?a"})
  void long_texts_take_no_time(String part) {
    for (String setting : List.of("url", "body", "idField", "format")) {
      String text = part.repeat((setting.equals("body") ? 1_000_000 : 7_990) / part.length());
      String name =
          setting.equals("format")
              ? "datesConfiguration\":{\"updatedDateField\":\"u\",\"updatedDateFormat"
              : setting;
      String json =
          "{\"things\":{\"" + name + "\":\"" + text + (setting.equals("format") ? "\"}}}" : "\"}}");
      Map<String, String> settings = Map.of(ResourceParser.CONFIGURATION, json);
      Instant begin = Instant.now();
      parser.parse(Bodies.REST, settings);
      assertThat(Duration.between(begin, Instant.now()))
          .as(setting)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void canBeAsked(Resource resource) {
    String url = resource.url().resolve(NOW.minusSeconds(3600), NOW, Map.of()).url();
    assertThat(url).matches("[\\x21-\\x7e]+").doesNotContain("${", "#");
  }

  private String misspelt(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length() - 1);
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, STRANGE.charAt(random.nextInt(STRANGE.length())));
        case 2 -> changed.insert(at, changed.charAt(at));
        default -> changed.insert(at, changed.charAt(at + 1)).deleteCharAt(at + 2);
      }
    }
    return changed.toString();
  }

  /** One resource of each real configuration, so that the changes hit something. */
  private static List<String> real() throws Exception {
    List<String> texts = new ArrayList<>();
    try (InputStream in =
        MisspeltConfigurationsTest.class.getResourceAsStream("/poller-configurations.json")) {
      for (JsonNode entry : new ObjectMapper().readTree(in)) {
        JsonNode first =
            entry.path("configuration").elements().hasNext()
                ? entry.path("configuration").elements().next()
                : entry;
        if (first.path("url").isTextual() && !first.path("idField").asText().isBlank()) {
          texts.add("{\"things\":" + first + "}");
        }
      }
    }
    return texts;
  }
}
