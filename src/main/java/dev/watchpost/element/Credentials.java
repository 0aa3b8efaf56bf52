package dev.watchpost.element;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the requests of an instance carry to say who they are from. They are given to the origin
 * they belong to (scheme, host and port) and to no other, so that neither a redirect nor a link to
 * a next page can carry them away. Immutable.
 */
public final class Credentials {
  private static final Added NOTHING = new Added(Map.of(), Map.of());

  private final Origin home;
  private final Added added;
  private final Set<String> secrets;

  private Credentials(Origin home, Added added, Set<String> secrets) {
    this.home = home;
    this.added = added;
    this.secrets = Set.copyOf(secrets);
  }

  /**
   * @param headers name to value
   * @param query parameter to value, not yet percent-encoded
   */
  public record Added(Map<String, String> headers, Map<String, String> query) {
    @Override
    public String toString() {
      return "Added[headers=%s, query=%s]".formatted(headers.keySet(), query.keySet());
    }
  }

  /**
   * @param configuration of an instance that was accepted, see {@link CredentialsCheck}
   * @param resourceUrl the first url of the resource, absolute; what the credentials belong to
   *     where neither instance nor element has a base url
   * @param accessToken of OAuth2; null: its authentication is of another type
   */
  public static Credentials of(
      Element element, Map<String, String> configuration, URI resourceUrl, String accessToken) {
    Map<String, String> settings = element.withDefaults(configuration);
    String base = element.baseUrl(configuration);
    Origin home = Origin.of(base == null ? resourceUrl : URI.create(base));
    AuthenticationType type = CredentialsCheck.type(element, configuration);
    Map<String, String> headers = CustomHeaders.of(settings);
    Set<String> secrets = secrets(type, settings, accessToken);
    secrets.addAll(headers.values());
    Added own = added(type, settings, accessToken);
    headers.putAll(own.headers());
    return new Credentials(home, new Added(headers, own.query()), secrets);
  }

  private static Added added(
      AuthenticationType type, Map<String, String> settings, String accessToken) {
    return switch (type) {
      case NONE -> NOTHING;
      case BASIC -> header(settings, "Authorization", "Basic " + basic(settings));
      case BEARER ->
          header(settings, "Authorization", "Bearer " + settings.get("authentication.token"));
      case API_KEY -> apiKey(settings);
      case OAUTH2 ->
          header(settings, "Authorization", "Bearer " + Objects.requireNonNull(accessToken));
    };
  }

  private static Added header(Map<String, String> settings, String name, String value) {
    return new Added(Map.of(settings.getOrDefault("authentication.name", name), value), Map.of());
  }

  private static Added apiKey(Map<String, String> settings) {
    String key = settings.get("authentication.key");
    if (!"query".equalsIgnoreCase(settings.get("authentication.in"))) {
      return header(settings, "X-API-Key", key);
    }
    String parameter = settings.getOrDefault("authentication.name", "X-API-Key");
    return new Added(Map.of(), Map.of(parameter, key));
  }

  private static String basic(Map<String, String> settings) {
    String pair =
        settings.get("authentication.username")
            + ":"
            + settings.getOrDefault("authentication.password", "");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Set<String> secrets(
      AuthenticationType type, Map<String, String> settings, String accessToken) {
    Set<String> secrets = new LinkedHashSet<>();
    switch (type) {
      case NONE -> {}
      case BASIC -> {
        secrets.add(basic(settings));
        secrets.add(settings.getOrDefault("authentication.password", ""));
      }
      case BEARER -> secrets.add(settings.get("authentication.token"));
      case API_KEY -> secrets.add(settings.get("authentication.key"));
      case OAUTH2 -> secrets.add(accessToken);
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }

  /** What to add to a request; nothing where {@code uri} is not of the origin they belong to. */
  public Added forRequest(URI uri) {
    return home != null && home.equals(Origin.of(uri)) ? added : NOTHING;
  }

  /** The values that must be masked wherever a request is shown. */
  public Set<String> secrets() {
    return secrets;
  }
}
