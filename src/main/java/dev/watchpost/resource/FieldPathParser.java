package dev.watchpost.resource;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a {@link FieldPath}: names between dots, quoted names and indexes in []. */
final class FieldPathParser {

  private final String text;
  private final List<String> segments = new ArrayList<>();
  private int at;

  FieldPathParser(String text) {
    this.text = text;
  }

  List<String> segments() {
    segment();
    while (at < text.length()) {
      if (text.charAt(at) == '.') {
        at++;
        name();
      } else {
        bracket();
      }
    }
    return withoutRoot();
  }

  private void segment() {
    if (text.charAt(at) == '[') {
      bracket();
    } else {
      name();
    }
  }

  private void name() {
    int start = at;
    while (at < text.length() && ".[]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (text.substring(start, at).isBlank()) {
      throw malformed("a name is missing at position " + start);
    }
    segments.add(text.substring(start, at));
  }

  private void bracket() {
    if (text.charAt(at) != '[') {
      throw malformed("a . or [ is missing before position " + at);
    }
    at++;
    char quote = at < text.length() ? text.charAt(at) : ' ';
    segments.add(quote == '\'' || quote == '"' ? quoted(quote) : index());
    at++;
  }

  private String quoted(char quote) {
    int end = text.indexOf(quote + "]", at + 1);
    if (end <= at + 1) {
      throw malformed("write a quoted name as ['Modified Time']");
    }
    String name = text.substring(at + 1, end);
    at = end + 1;
    return name;
  }

  private String index() {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw malformed("a ] is missing");
    }
    String digits = text.substring(at, end);
    if (!digits.matches("0|[1-9][0-9]{0,8}")) {
      throw malformed("in [] stands a number such as [0], or a quoted name such as ['a b']");
    }
    at = end;
    return digits;
  }

  /** A first {@code @} or {@code $} is the record itself and adds no step. */
  private List<String> withoutRoot() {
    boolean rooted = text.matches("(?s)[@$]([.\\[].*)?");
    List<String> path = rooted ? segments.subList(1, segments.size()) : segments;
    if (path.isEmpty()) {
      throw malformed("it is the record itself: name a field in it, such as " + text + ".id");
    }
    return path;
  }

  private IllegalArgumentException malformed(String fix) {
    return new IllegalArgumentException("\"" + text + "\" is no path: " + fix);
  }
}
