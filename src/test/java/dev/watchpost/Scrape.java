package dev.watchpost;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /observe/metrics} answered, in Prometheus' text format. */
final class Scrape {
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)$");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, Set<String>> labels = new HashMap<>();
  private final Map<String, Double> values = new HashMap<>();

  Scrape(String text) {
    Matcher sample = SAMPLE.matcher(text);
    while (sample.find()) {
      String name = sample.group(1);
      String set = sample.group(2) == null ? "" : sample.group(2).replaceAll(",$", "");
      values.put(name + "{" + set + "}", Double.valueOf(sample.group(3)));
      Matcher label = LABEL.matcher(set);
      Set<String> names = labels.computeIfAbsent(name, key -> new HashSet<>());
      while (label.find()) {
        names.add(label.group(1));
      }
    }
  }

  /**
   * @param series as in the text: {@code name{label="value"}}; braces without labels
   */
  double value(String series) {
    Double value = values.get(series);
    if (value == null) {
      throw new AssertionError(
          "no %s among %s"
              .formatted(
                  series,
                  values.keySet().stream()
                      .filter(known -> known.startsWith(series.replaceAll("\\{.*", "")))
                      .toList()));
    }
    return value;
  }

  /** Names of all metrics. */
  Set<String> names() {
    return labels.keySet();
  }

  /** Label names of a metric. */
  Set<String> labels(String name) {
    return labels.getOrDefault(name, Set.of());
  }

  /** How many series a metric has. */
  long series(String name) {
    return values.keySet().stream().filter(series -> series.startsWith(name + "{")).count();
  }
}
