package dev.watchpost.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code event.poller.urls}, the form before {@code event.poller.configuration}: a resource a line,
 * {@code
 * resource|url|xPath|updatedField|updatedFormat|updatedTz|createdField|createdFormat|createdTz}, of
 * which the first two must be there. The id of its records is {@code id}.
 */
final class LegacyUrls {
  private static final List<String> DATES =
      List.of(
          "updatedDateField",
          "updatedDateFormat",
          "updatedDateTimezone",
          "createdDateField",
          "createdDateFormat",
          "createdDateTimezone");
  private static final int FIRST_DATE = 3;
  private static final Pattern NAME = Pattern.compile("[\\w-]+(?:[/.][\\w{}-]+)*");

  private LegacyUrls() {}

  /**
   * The resources that {@code text} names, where it holds nothing but names, separated by {@code |}
   * or line breaks; else empty. The oldest form of the setting: {@code contacts|accounts}.
   */
  static List<String> names(String text) {
    List<String> names =
        Stream.of(text.split("[|\\n\\r]")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    return names.stream().allMatch(name -> NAME.matcher(name).matches()) ? names : List.of();
  }

  /** The lines that say something. */
  static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static String name(String line) {
    return line.split("\\|", -1)[0].strip();
  }

  /** The same as an entry of {@code event.poller.configuration}; null where it cannot be. */
  static ObjectNode resource(String line, String path, Report report) {
    String[] parts = line.split("\\|", -1);
    if (parts.length > FIRST_DATE + DATES.size()) {
      report.problem(
          path, "has %d parts; a line has 2 to 9, separated by '|'".formatted(parts.length));
      return null;
    }
    if (parts.length < 2 || !looksLikeUrl(parts[1].strip())) {
      report.problem(
          path,
          "found '%s'; write resource|url, such as contacts|/contacts, a line for each resource"
              .formatted(Report.shown(line)));
      return null;
    }
    return resource(parts);
  }

  private static boolean looksLikeUrl(String text) {
    return text.contains("/");
  }

  private static ObjectNode resource(String[] parts) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("url", parts[1].strip()).put("idField", "id");
    if (parts.length > 2 && !parts[2].isBlank()) {
      resource.put("recordsPath", fieldPath(parts[2].strip()));
    }
    ObjectNode dates = resource.putObject("datesConfiguration");
    for (int i = FIRST_DATE; i < parts.length; i++) {
      dates.put(DATES.get(i - FIRST_DATE), parts[i].strip());
    }
    return resource;
  }

  /** {@code //customers/customer} as {@code customers.customer}. */
  private static String fieldPath(String xPath) {
    return xPath.replaceFirst("^/+", "").replace('/', '.');
  }
}
