package dev.watchpost.oauth;

import dev.watchpost.element.Element;
import dev.watchpost.element.OAuthServer;
import dev.watchpost.element.OAuthServer.ClientAuthentication;
import dev.watchpost.element.OAuthServer.Grant;
import dev.watchpost.network.WebAddress;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Whether the {@code oauth.*} settings of an instance can work. Nobody is asked. */
public final class OAuthCheck {
  /** All settings of OAuth2. */
  public static final Set<String> KEYS =
      Set.of(
          "oauth.api.key",
          "oauth.api.secret",
          "oauth.authorization.url",
          "oauth.callback.url",
          "oauth.client.authentication",
          "oauth.grant",
          "oauth.pkce",
          "oauth.scope",
          "oauth.token.url");

  private final Element element;
  private final Map<String, String> settings;
  private final OAuthClient client;
  private final BiConsumer<String, String> problem;

  private OAuthCheck(
      Element element,
      Map<String, String> settings,
      OAuthClient client,
      BiConsumer<String, String> problem) {
    this.element = element;
    this.settings = settings;
    this.client = client;
    this.problem = problem;
  }

  /**
   * @param problem gets the key of each setting that cannot work and a message with the fix; never
   *     a secret
   */
  public static void check(
      Element element,
      Map<String, String> configuration,
      Map<String, String> providerData,
      BiConsumer<String, String> problem) {
    OAuthClient client = OAuthClient.of(element, configuration, providerData);
    new OAuthCheck(element, element.withDefaults(configuration), client, problem).check();
  }

  private void check() {
    grant();
    clientKeys();
    url("oauth.token.url", client.tokenUrl(), true);
    url("oauth.authorization.url", client.authorizationUrl(), false);
    url("oauth.callback.url", client.callbackUrl(), false);
    oneOf("oauth.client.authentication", ClientAuthentication.values());
    oneOf("oauth.pkce", Flag.values());
  }

  private enum Flag {
    TRUE,
    FALSE
  }

  private void grant() {
    OAuthServer server = OAuthClient.server(element);
    if (client.grant() == null || !server.grants().contains(client.grant())) {
      problem.accept(
          "oauth.grant",
          "found '%s'; element '%s' takes %s"
              .formatted(settings.get("oauth.grant"), element.key(), names(server.grants())));
    }
    if (client.grant() == Grant.PASSWORD) {
      require("authentication.username", client.username());
      require("authentication.password", client.password());
    }
  }

  private static String names(Set<Grant> grants) {
    return grants.stream().map(Grant::text).collect(Collectors.joining(", "));
  }

  private void clientKeys() {
    require("oauth.api.key", client.id());
    boolean publicClient = client.pkce() && client.grant() == Grant.AUTHORIZATION_CODE;
    if (!publicClient) {
      require("oauth.api.secret", client.secret());
    }
  }

  private void require(String key, String value) {
    if (value == null) {
      String of = client.grant() == null ? "" : " with grant " + client.grant().text();
      problem.accept(key, "is missing; authentication.type 'oauth2'%s needs it".formatted(of));
    }
  }

  private void url(String key, String url, boolean required) {
    if (url == null) {
      if (required) {
        require(key, null);
      }
      return;
    }
    String wrong = WebAddress.problem(url);
    if (wrong != null) {
      problem.accept(key, "found '%s'. %s".formatted(withoutUser(url), wrong));
    } else if (url.matches(".*[{}\\s#\"<>\\\\^`|].*")) {
      problem.accept(
          key,
          "found '%s'; write it percent-encoded, without fragment and without placeholders that no"
                  .formatted(url)
              + " setting fills");
    }
  }

  private static String withoutUser(String url) {
    return url.replaceAll("//[^/?#]*@", "//");
  }

  private void oneOf(String key, Enum<?>[] values) {
    String found = settings.getOrDefault(key, "").strip();
    for (Enum<?> value : values) {
      if (found.isEmpty() || value.name().equalsIgnoreCase(found)) {
        return;
      }
    }
    problem.accept(
        key, "found '%s'; write %s or %s".formatted(found, lower(values[0]), lower(values[1])));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}
