package dev.watchpost.hub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A read of a hub: {@code /hubs/{hub}/{resource}?where=..}.
 *
 * @param resource decoded; may hold slashes
 * @param parameters decoded, in their order, {@code where} among them
 */
public record HubQuery(String hub, String resource, Map<String, String> parameters) {
  private static final Pattern URL =
      Pattern.compile("/?hubs/(?<hub>[^/?]+)/(?<resource>[^?]+)(\\?(?<query>.*))?", Pattern.DOTALL);

  /** True for relative urls that start with {@code /hubs/}. */
  public static boolean isHubUrl(String url) {
    return url.startsWith("/hubs/") || url.startsWith("hubs/");
  }

  /**
   * @param url percent-encoded; {@code +} is a blank, as in any query
   * @throws InvalidHubQuery where it names no resource, or a parameter twice
   */
  static HubQuery of(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new InvalidHubQuery("a hub url is written /hubs/{hub}/{resource}?where=..");
    }
    return new HubQuery(
        decoded(parts.group("hub")),
        decoded(parts.group("resource").replaceFirst("/+$", "")),
        parameters(parts.group("query")));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] sides = pair.split("=", 2);
      String name = decoded(sides[0]);
      if (parameters.put(name, sides.length < 2 ? "" : decoded(sides[1])) != null) {
        throw new InvalidHubQuery("'%s' comes twice; write it once".formatted(name));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
