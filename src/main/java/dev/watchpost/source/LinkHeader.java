package dev.watchpost.source;

import dev.watchpost.record.UnusableAnswer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Link headers (RFC 8288): several headers, several links in one, several relations in a rel. */
final class LinkHeader {

  private static final Pattern TARGET = Pattern.compile("\\G[\\s,]*<([^>]*)>");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G\\s*;\\s*([^\\s=;,\"]+)\\s*(?:=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;,\"]*)))?");

  private LinkHeader() {}

  /** The target of the first link with this relation, resolved against the url asked. */
  static Optional<String> target(List<String> headers, String relation, String url) {
    for (String header : headers) {
      String target = target(header, relation);
      if (target != null) {
        return Optional.of(resolve(url, target));
      }
    }
    return Optional.empty();
  }

  /** True where the links are those of pages, and none leads on. */
  static boolean endsHere(List<String> headers) {
    return !names(headers, "next")
        && (names(headers, "prev") || names(headers, "previous") || names(headers, "last"));
  }

  private static boolean names(List<String> headers, String relation) {
    return headers.stream().anyMatch(header -> target(header, relation) != null);
  }

  private static String target(String header, String relation) {
    Matcher link = TARGET.matcher(header);
    Matcher parameter = PARAMETER.matcher(header);
    int at = 0;
    while (link.find(at)) {
      at = link.end();
      String relations = null;
      while (parameter.find(at)) {
        at = parameter.end();
        relations =
            relations == null && parameter.group(1).equalsIgnoreCase("rel")
                ? text(parameter)
                : relations;
      }
      if (holds(relations, relation)) {
        return link.group(1).strip();
      }
    }
    return null;
  }

  private static String text(Matcher parameter) {
    String quoted = parameter.group(2);
    String text = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    return text == null ? "" : text;
  }

  private static boolean holds(String relations, String relation) {
    return relations != null
        && List.of(relations.strip().toLowerCase(Locale.ROOT).split("\\s+")).contains(relation);
  }

  /**
   * @throws UnusableAnswer where the target is no url
   */
  static String resolve(String url, String target) {
    try {
      if (target.startsWith("?")) {
        // URI.resolve drops the last step of the path here
        return url.split("[?#]", 2)[0] + URI.create(target);
      }
      return URI.create(url).resolve(target).toString();
    } catch (IllegalArgumentException e) {
      throw new UnusableAnswer("the next page's url is no url", e);
    }
  }
}
