package dev.watchpost.webhook;

import java.util.List;
import java.util.Map;

/**
 * A request as it came.
 *
 * @param get its method is GET
 * @param headers the first of each name, names in lower case
 * @param query decoded
 * @param body every byte of it; empty: none
 */
public record IncomingWebhook(
    boolean get, Map<String, String> headers, Map<String, List<String>> query, byte[] body) {

  String header(String name) {
    return headers.getOrDefault(name, "").strip();
  }

  /** The first of that name; empty: none. */
  String parameter(String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }
}
