package dev.watchpost.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.network.WebAddress;
import dev.watchpost.oauth.AuthorizationUrl;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a person consents to an instance that is to be. */
final class OAuthApi {
  /** Names of parameters (CE) and of the settings they stand for; others are settings as named. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "apiKey", "oauth.api.key",
          "apiSecret", "oauth.api.secret",
          "callbackUrl", "oauth.callback.url",
          "scope", "oauth.scope",
          "siteAddress", "site.address");

  private final Catalogue catalogue;

  OAuthApi(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param element key of the element
   * @param oauthUrl to open in a browser
   * @param codeVerifier to send as {@code providerData.codeVerifier} beside the code; null: none
   */
  record OAuthUrl(
      String element,
      String oauthUrl,
      @JsonInclude(JsonInclude.Include.NON_NULL) String codeVerifier) {}

  public Reply getOAuthUrl(Call call) {
    Map<String, String> sent = new LinkedHashMap<>();
    call.query().forEach((name, values) -> sent.put(name, values.get(0)));
    return oauthUrl(call, sent);
  }

  public Reply createOAuthUrl(Call call) {
    Map<String, String> sent = new LinkedHashMap<>();
    if (call.body().length > 0) {
      for (Map.Entry<String, JsonNode> field : call.object().properties()) {
        sent.put(field.getKey(), field.getValue().asText());
      }
    }
    call.query().forEach((name, values) -> sent.putIfAbsent(name, values.get(0)));
    return oauthUrl(call, sent);
  }

  private Reply oauthUrl(Call call, Map<String, String> sent) {
    Element element = element(call);
    Map<String, String> settings = new LinkedHashMap<>();
    sent.forEach((name, value) -> settings.put(SETTINGS.getOrDefault(name, name), value));
    checked(settings, "apiKey", "the client id that the provider gave");
    String callback =
        checked(settings, "callbackUrl", "where the provider sends the person back to");
    String wrong = WebAddress.problem(callback);
    if (wrong != null) {
      throw Refusal.invalid("callbackUrl", wrong);
    }
    String state = sent.getOrDefault("state", "");
    try {
      AuthorizationUrl url =
          AuthorizationUrl.of(element, settings, state.isBlank() ? element.key() : state);
      return Reply.ok(new OAuthUrl(element.key(), url.url(), url.codeVerifier()));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("oauth.authorization.url", e.getMessage());
    }
  }

  private Element element(Call call) {
    Element element = call.element(catalogue);
    if (!element.authentication().contains(AuthenticationType.OAUTH2)) {
      throw Refusal.invalid(
          "key",
          "element '%s' does not take oauth2; it takes %s"
              .formatted(
                  element.key(),
                  element.authentication().stream().map(AuthenticationType::text).toList()));
    }
    return element;
  }

  private static String checked(Map<String, String> settings, String name, String what) {
    String value = settings.getOrDefault(SETTINGS.get(name), "").strip();
    if (value.isEmpty()) {
      throw Refusal.invalid(name, "is missing: " + what);
    }
    return value;
  }
}
