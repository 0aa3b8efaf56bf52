package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The queries of {@code docs/grafana-dashboard.json}, as far as they name metrics and labels. */
final class Dashboard {
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-z_]\\w*)\\s*(?:\\{([^}]*)\\})?(\\s*\\()?");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  /** A metric that a query reads, and the labels that it needs. */
  record Use(String metric, Set<String> labels, String query) {}

  private Dashboard() {}

  static List<Use> uses(Path file) throws IOException {
    List<Use> uses = new ArrayList<>();
    for (JsonNode target : new ObjectMapper().readTree(file.toFile()).findValues("targets")) {
      for (JsonNode one : target) {
        uses.addAll(uses(one.path("expr").asText(), one.path("legendFormat").asText()));
      }
    }
    return uses;
  }

  private static List<Use> uses(String query, String legend) {
    Set<String> all = new TreeSet<>();
    Stream.of(GROUPING.matcher(query), LEGEND.matcher(legend))
        .flatMap(Matcher::results)
        .flatMap(found -> Stream.of(found.group(1).split("\\s*,\\s*")))
        .forEach(all::add);
    String bare = RANGE.matcher(GROUPING.matcher(query).replaceAll(" ")).replaceAll(" ");
    List<Use> uses = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(STRING.matcher(bare).replaceAll("''"));
    while (selector.find()) {
      if (selector.group(3) == null) {
        Set<String> labels = new TreeSet<>(all);
        MATCHER
            .matcher(selector.group(2) == null ? "" : selector.group(2))
            .results()
            .forEach(found -> labels.add(found.group(1)));
        uses.add(new Use(selector.group(1), labels, query));
      }
    }
    return uses;
  }
}
