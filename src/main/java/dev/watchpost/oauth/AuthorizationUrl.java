package dev.watchpost.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.watchpost.element.Element;
import java.net.URI;
import java.util.Map;

/**
 * Where a person consents; the OAuth2 server sends them back with a code.
 *
 * @param url to open in a browser
 * @param codeVerifier proof key to send with the code; null: the server wants none
 */
public record AuthorizationUrl(String url, String codeVerifier) {

  /**
   * @param settings of the instance that is to be: {@code oauth.api.key}, {@code
   *     oauth.callback.url}, which must be there, and others
   * @param state comes back with the code
   * @throws IllegalArgumentException with what is missing or wrong
   */
  public static AuthorizationUrl of(Element element, Map<String, String> settings, String state) {
    OAuthClient client = OAuthClient.of(element, settings, Map.of());
    if (client.authorizationUrl() == null) {
      throw new IllegalArgumentException(
          "element '%s' has no page where a person consents; set oauth.authorization.url if there is one"
              .formatted(element.key()));
    }
    if (client.authorizationUrl().matches(".*[{}].*")) {
      throw new IllegalArgumentException(
          "'%s' has a placeholder that is not filled; send it as a parameter"
              .formatted(client.authorizationUrl()));
    }
    CodeVerifier verifier = client.pkce() ? new CodeVerifier() : null;
    AuthorizationRequest.Builder request =
        new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(client.id()))
            .endpointURI(URI.create(client.authorizationUrl()))
            .redirectionURI(URI.create(client.callbackUrl()))
            .scope(client.scope() == null ? null : Scope.parse(client.scope()))
            .state(new State(state));
    OAuthClient.server(element).parameters().forEach(request::customParameter);
    if (verifier != null) {
      request.codeChallenge(verifier, CodeChallengeMethod.S256);
    }
    return new AuthorizationUrl(
        request.build().toURI().toString(), verifier == null ? null : verifier.getValue());
  }
}
