package dev.watchpost.oauth;

import dev.watchpost.date.UrlEncoding;
import dev.watchpost.element.Element;
import dev.watchpost.element.OAuthServer;
import dev.watchpost.element.OAuthServer.ClientAuthentication;
import dev.watchpost.element.OAuthServer.Grant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who asks an OAuth2 server, and how: an instance's settings with its element behind them. As
 * written, so it may not work: see {@link OAuthCheck}. Immutable; what is not set is null.
 *
 * @param grant the way to a token
 * @param id {@code oauth.api.key}
 * @param secret {@code oauth.api.secret}
 * @param authentication how id and secret go to the token url
 * @param tokenUrl where tokens are given
 * @param authorizationUrl where a person consents
 * @param callbackUrl where the person is sent back to, with a code
 * @param scope what is asked for
 * @param pkce an authorization needs a proof key (RFC 7636)
 * @param username of the password grant
 * @param password of the password grant
 */
public record OAuthClient(
    Grant grant,
    String id,
    String secret,
    ClientAuthentication authentication,
    String tokenUrl,
    String authorizationUrl,
    String callbackUrl,
    String scope,
    boolean pkce,
    String username,
    String password) {

  /**
   * @param providerData of the instance: a {@code code} speaks of the authorization code grant
   */
  public static OAuthClient of(
      Element element, Map<String, String> configuration, Map<String, String> providerData) {
    Map<String, String> all = element.withDefaults(configuration);
    OAuthServer server = server(element);
    String authentication = value(all, "oauth.client.authentication", "");
    return new OAuthClient(
        grant(server, all, providerData),
        value(all, "oauth.api.key", null),
        value(all, "oauth.api.secret", null),
        ClientAuthentication.named(authentication).orElse(server.clientAuthentication()),
        url(element, configuration, value(all, "oauth.token.url", server.tokenUrl())),
        url(
            element,
            configuration,
            value(all, "oauth.authorization.url", server.authorizationUrl())),
        value(all, "oauth.callback.url", null),
        value(all, "oauth.scope", server.scope()),
        Boolean.parseBoolean(value(all, "oauth.pkce", Boolean.toString(server.pkce()))),
        value(all, "authentication.username", null),
        value(all, "authentication.password", null));
  }

  static OAuthServer server(Element element) {
    return Objects.requireNonNullElse(element.oauth(), OAuthServer.UNKNOWN);
  }

  private static String value(Map<String, String> settings, String key, String otherwise) {
    String value = settings.getOrDefault(key, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  private static String url(Element element, Map<String, String> configuration, String url) {
    return url == null ? null : element.filled(url, configuration);
  }

  /** The one that is set, else the one that the settings speak of, among those of the server. */
  private static Grant grant(
      OAuthServer server, Map<String, String> settings, Map<String, String> providerData) {
    String written = value(settings, "oauth.grant", "");
    if (!written.isEmpty()) {
      return Grant.named(written).orElse(null);
    }
    Grant spoken = spokenOf(settings, providerData);
    return server.grants().contains(spoken) ? spoken : server.grants().iterator().next();
  }

  private static Grant spokenOf(Map<String, String> settings, Map<String, String> providerData) {
    if (!providerData.getOrDefault("code", "").isBlank()
        || value(settings, "oauth.callback.url", null) != null) {
      return Grant.AUTHORIZATION_CODE;
    }
    return value(settings, "authentication.username", null) == null
        ? Grant.CLIENT_CREDENTIALS
        : Grant.PASSWORD;
  }

  /** What must never be shown, whoever says it. */
  Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    secrets.add(secret);
    secrets.add(password);
    secrets.removeIf(Objects::isNull);
    if (secret != null) {
      secrets.add(id + ":" + secret); // in Base64, as basic authentication sends it
      secrets.add(UrlEncoding.component(id) + ":" + UrlEncoding.component(secret));
    }
    return secrets;
  }

  @Override
  public String toString() {
    return "OAuthClient[grant=%s, tokenUrl=%s]".formatted(grant, tokenUrl);
  }
}
