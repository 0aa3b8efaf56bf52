package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.network.RequestHeader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads method, headers and body of a resource. */
public final class RequestReader {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

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
      String wrong = RequestHeader.problem(name, value == null ? "" : value);
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
