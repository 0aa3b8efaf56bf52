package dev.watchpost.guide;

import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Element;
import dev.watchpost.element.OAuthServer;
import dev.watchpost.element.OAuthServer.Grant;
import dev.watchpost.element.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to authenticate instances of an element.
 *
 * @param settings that it needs, in the element's own words where it has some
 * @param providerData what the body of POST /instances holds beside them
 */
record AuthenticationWay(
    AuthenticationType type,
    String title,
    String explanation,
    List<Setting> settings,
    Map<String, String> providerData) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

  /** Stands for what is the user's own. */
  static final String HIDDEN = "xxxx";

  /** In the element's order. */
  static List<AuthenticationWay> of(Element element) {
    return element.authentication().stream().map(type -> of(element, type)).toList();
  }

  private static AuthenticationWay of(Element element, AuthenticationType type) {
    return switch (type) {
      case NONE ->
          way(element, type, "No authentication", "Leave every authentication setting out.");
      case BASIC ->
          way(
              element,
              type,
              "User and password",
              "Sent as HTTP basic authentication.",
              plain("authentication.username", "User name", "me@example.com"),
              secret("authentication.password", "Password, or what the provider gives for it"));
      case BEARER ->
          way(
              element,
              type,
              "Bearer token",
              "Sent as the header `Authorization`.",
              secret("authentication.token", "The token"));
      case API_KEY ->
          way(
              element,
              type,
              "API key",
              "Sent as the header `%s`; as a query parameter where `authentication.in` is query."
                  .formatted(
                      element
                          .withDefaults(Map.of())
                          .getOrDefault("authentication.name", "X-API-Key")),
              secret("authentication.key", "The key"));
      case OAUTH2 -> oauth(element);
    };
  }

  private static AuthenticationWay oauth(Element element) {
    Setting id = plain("oauth.api.key", "Client id that the provider gave", HIDDEN);
    Setting secret = secret("oauth.api.secret", "Client secret that the provider gave");
    if (!byConsent(element)) {
      return way(
          element,
          AuthenticationType.OAUTH2,
          "OAuth2, client credentials",
          "The access token is asked for with client id and secret, and renewed.",
          id,
          secret);
    }
    String explanation =
        "`GET /elements/%s/oauth/url?apiKey=..&callbackUrl=..%s` answers the page where the person consents. They come back to the callback url with a code, which goes into providerData. The access token is renewed from then on."
            .formatted(element.key(), furtherParameters(element));
    Setting callback =
        plain("oauth.callback.url", "Where the person comes back to", "https://mycoolapp.com");
    List<Setting> settings =
        Stream.concat(Stream.of(id, secret, callback), server(element))
            .map(setting -> worded(element, setting))
            .toList();
    return new AuthenticationWay(
        AuthenticationType.OAUTH2,
        "OAuth2, with a person's consent",
        explanation,
        settings,
        Map.of("code", HIDDEN));
  }

  /** What the url of consent depends on. */
  private static String furtherParameters(Element element) {
    if (element.oauth() == null) {
      return "&oauth.authorization.url=..";
    }
    Map<String, String> defaults = element.withDefaults(Map.of());
    return PLACEHOLDER
        .matcher(String.valueOf(element.oauth().authorizationUrl()))
        .results()
        .map(match -> match.group(1))
        .filter(name -> !defaults.containsKey(name))
        .map(name -> "&" + name + "=..")
        .collect(Collectors.joining());
  }

  /** Where the server is, for an element that does not know it. */
  private static Stream<Setting> server(Element element) {
    return element.oauth() != null
        ? Stream.of()
        : Stream.of(
            plain("oauth.authorization.url", "", "https://auth.example.com/authorize"),
            plain("oauth.token.url", "", "https://auth.example.com/token"));
  }

  private static boolean byConsent(Element element) {
    OAuthServer server = Objects.requireNonNullElse(element.oauth(), OAuthServer.UNKNOWN);
    String grant = element.withDefaults(Map.of()).get("oauth.grant");
    return grant == null
        ? server.grants().contains(Grant.AUTHORIZATION_CODE)
        : grant.equals(Grant.AUTHORIZATION_CODE.text());
  }

  private static AuthenticationWay way(
      Element element,
      AuthenticationType type,
      String title,
      String explanation,
      Setting... settings) {
    List<Setting> worded = Stream.of(settings).map(s -> worded(element, s)).toList();
    return new AuthenticationWay(type, title, explanation, worded, Map.of());
  }

  /** In the element's own words, where it has some. */
  private static Setting worded(Element element, Setting setting) {
    return element.settings().stream()
        .filter(own -> own.key().equals(setting.key()))
        .findFirst()
        .map(
            own ->
                new Setting(
                    setting.key(),
                    own.description(),
                    true,
                    setting.secret(),
                    null,
                    Map.of(),
                    own.example() == null ? setting.example() : own.example()))
        .orElse(setting);
  }

  private static Setting plain(String key, String description, String example) {
    return new Setting(key, description, true, false, null, Map.of(), example);
  }

  private static Setting secret(String key, String description) {
    return new Setting(key, description, true, true, null, Map.of(), HIDDEN);
  }
}
