package dev.watchpost.hub;

import static dev.watchpost.date.UrlEncoding.component;

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
            .map(parameter -> component(parameter.getKey()) + "=" + component(parameter.getValue()))
            .collect(Collectors.joining("&"));
    String plain = component(path).replace("%2F", "/");
    return query.isEmpty() ? plain : plain + "?" + query;
  }
}
