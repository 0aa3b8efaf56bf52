package dev.watchpost.element;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final Signer signer;
  private final Set<String> secrets;
  private final AccessToken accessToken;

  private Credentials(
      Origin home, Added added, Signer signer, Set<String> secrets, AccessToken accessToken) {
    this.home = home;
    this.added = added;
    this.signer = signer;
    this.secrets = Set.copyOf(secrets);
    this.accessToken = accessToken;
  }

  /** Signs one request: the headers to add. */
  private interface Signer {
    Map<String, String> headers(String method, String url, String body);
  }

  /**
   * @param headers name to value
   * @param query parameter to value, not yet percent-encoded
   */
  public record Added(Map<String, String> headers, Map<String, String> query) {
    public boolean isEmpty() {
      return headers.isEmpty() && query.isEmpty();
    }

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
      Element element,
      Map<String, String> configuration,
      URI resourceUrl,
      AccessToken accessToken) {
    Map<String, String> settings = element.withDefaults(configuration);
    String base = element.baseUrl(configuration);
    Origin home = Origin.of(base == null ? resourceUrl : URI.create(base));
    AuthenticationType type = CredentialsCheck.type(element, configuration);
    String token = accessToken == null ? null : accessToken.value();
    if (accessToken != null) {
      accessToken.facts().forEach((name, fact) -> putIfEmpty(settings, element, name, fact));
    }
    Map<String, String> custom = CustomHeaders.of(settings);
    Set<String> secrets = secrets(type, settings, token);
    secrets.addAll(custom.values());
    secrets.addAll(element.secrets(settings));
    Added own = added(type, settings, token);
    Map<String, String> headers = element.headers(settings);
    headers.putAll(custom);
    headers.putAll(own.headers());
    Signer signer = signer(element, settings, token);
    return new Credentials(home, new Added(headers, own.query()), signer, secrets, accessToken);
  }

  /** Only what the element knows as a setting: an OAuth2 server must not name our hosts. */
  private static void putIfEmpty(
      Map<String, String> settings, Element element, String name, String fact) {
    boolean known = element.settings().stream().anyMatch(s -> s.key().equals(name));
    if (known && name.matches("[A-Za-z0-9_]+") && settings.getOrDefault(name, "").isBlank()) {
      settings.put(name, fact);
    }
  }

  private static Signer signer(Element element, Map<String, String> settings, String accessToken) {
    RequestSignature signature = element.signature();
    return signature == null
        ? (method, url, body) -> Map.of()
        : (method, url, body) -> signature.headers(settings, method, url, body, accessToken);
  }

  private static Added added(
      AuthenticationType type, Map<String, String> settings, String accessToken) {
    return switch (type) {
      case NONE -> NOTHING;
      case BASIC -> header("Authorization", "Basic " + basic(settings));
      case BEARER -> header("Authorization", "Bearer " + settings.get("authentication.token"));
      case API_KEY -> apiKey(settings);
      case OAUTH2 -> header("Authorization", "Bearer " + Objects.requireNonNull(accessToken));
    };
  }

  private static Added header(String name, String value) {
    return new Added(Map.of(name, value), Map.of());
  }

  private static Added apiKey(Map<String, String> settings) {
    String key = settings.get("authentication.key");
    String name = settings.getOrDefault("authentication.name", "X-API-Key");
    return "query".equalsIgnoreCase(settings.get("authentication.in"))
        ? new Added(Map.of(), Map.of(name, key))
        : header(name, key);
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
    return isHome(uri) ? added : NOTHING;
  }

  private boolean isHome(URI uri) {
    return home != null && home.equals(Origin.of(uri));
  }

  /**
   * Headers that sign a request, where the element's requests are signed; none where {@code origin}
   * is not the one they belong to. Never the same twice.
   *
   * @param url percent-encoded, with all of its query
   * @param body null: none
   */
  public Map<String, String> signature(URI origin, String method, String url, String body) {
    return isHome(origin) ? signer.headers(method, url, body) : Map.of();
  }

  /** The token of OAuth2 that they are made of; empty: they are of another type. */
  public Optional<AccessToken> accessToken() {
    return Optional.ofNullable(accessToken);
  }

  /** The values that must be masked wherever a request is shown. */
  public Set<String> secrets() {
    return secrets;
  }
}
