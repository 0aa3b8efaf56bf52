package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.date.TokenTemplate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads method, headers and body of a resource. */
public final class RequestReader {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private RequestReader() {}

  static String method(Fields fields) {
    String text = fields.text("method");
    String method = text == null ? "GET" : text.strip().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      fields.problem("method", "found '%s'; write GET, POST or PUT".formatted(Report.shown(text)));
    }
    return method;
  }

  static Map<String, TokenTemplate> headers(Fields fields) {
    Fields headers = fields.within("headers");
    Map<String, TokenTemplate> read = new LinkedHashMap<>();
    for (String name : headers.names()) {
      String value = headers.text(name);
      String wrong = wrong(name, value == null ? "" : value);
      if (wrong != null) {
        headers.problem(name, wrong);
        continue;
      }
      TokenTemplate template = headers.template(name, value);
      if (template != null) {
        read.put(name, template);
      }
    }
    return read;
  }

  /** What is wrong with a header, with the fix; null: nothing. */
  public static String wrong(String name, String value) {
    if (!name.matches(TOKEN)) {
      return "is no name of a header; write letters, digits and '-'";
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      return "is a header that the connection sets itself; remove it";
    }
    boolean broken = value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127);
    return broken ? "holds a line break or control character; remove it" : null;
  }

  /** A text, or an object or list that is sent as JSON. */
  static TokenTemplate body(Fields fields, String method) {
    JsonNode body = fields.node("body");
    if (body == null) {
      return null;
    }
    if (method.equals("GET")) {
      fields.warn("body", "goes with a GET, which many servers ignore; set method to POST?");
    }
    return fields.template("body", Json.flat(body));
  }
}
