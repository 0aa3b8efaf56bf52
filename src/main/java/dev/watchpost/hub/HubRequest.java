package dev.watchpost.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a provider is asked for a read of a hub.
 *
 * @param path from its base url, not yet percent-encoded
 * @param parameters of the query in their order, not yet percent-encoded
 * @param quoteLeftOpen see {@link Where.Parsed}
 */
public record HubRequest(String path, Map<String, String> parameters, boolean quoteLeftOpen) {

  /** Relative to the base url, percent-encoded. */
  public String url() {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    String plain = encoded(path).replace("%2F", "/");
    return query.isEmpty() ? plain : plain + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
