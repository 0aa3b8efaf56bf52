package dev.watchpost.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.watchpost.element.OAuthServer;
import dev.watchpost.element.OAuthServer.Grant;
import dev.watchpost.element.SecretMask;
import dev.watchpost.network.AddressRefused;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * The token url of an OAuth2 server, asked over HTTP. Every method throws {@link OAuthFailure}
 * where it gives none. Thread-safe.
 */
final class TokenEndpoint {
  private final GuardedSender sender;
  private final Clock clock;

  TokenEndpoint(CloseableHttpClient client, Clock clock) {
    this.sender = new GuardedSender(client);
    this.clock = clock;
  }

  /**
   * @param verifier proof key of the authorization; null: there was none
   */
  Tokens exchange(OAuthClient client, String code, String verifier) {
    URI callback = client.callbackUrl() == null ? null : URI.create(client.callbackUrl());
    CodeVerifier proof = verifier == null ? null : new CodeVerifier(verifier);
    AuthorizationGrant grant =
        new AuthorizationCodeGrant(new AuthorizationCode(code), callback, proof);
    return ask(client, grant, null, "the code", code);
  }

  /** By the client's own credentials, or by user name and password. */
  Tokens grant(OAuthClient client) {
    Scope scope = client.scope() == null ? null : Scope.parse(client.scope());
    return client.grant() == Grant.PASSWORD
        ? ask(client, passwordGrant(client), scope, "user name and password", client.password())
        : ask(client, new ClientCredentialsGrant(), scope, "the client", client.secret());
  }

  private static AuthorizationGrant passwordGrant(OAuthClient client) {
    return new ResourceOwnerPasswordCredentialsGrant(
        client.username(), new Secret(client.password()));
  }

  Tokens refresh(OAuthClient client, Tokens tokens) {
    AuthorizationGrant grant = new RefreshTokenGrant(new RefreshToken(tokens.refresh()));
    return ask(client, grant, null, "the refresh token", tokens.refresh()).after(tokens);
  }

  private Tokens ask(
      OAuthClient client, AuthorizationGrant grant, Scope scope, String what, String sent) {
    HTTPRequest request = request(client, grant, scope);
    SecretMask secrets = new SecretMask();
    secrets.add(client.secrets());
    secrets.add(List.of(sent));
    Instant asked = clock.instant();
    try {
      return TokenAnswer.of(request.send(sender), secrets).tokens(what, asked, client.tokenUrl());
    } catch (AddressRefused e) {
      throw OAuthFailure.refused("oauth.token.url: " + e.getMessage(), "", null);
    } catch (IOException e) {
      throw OAuthFailure.unavailable(
          "the OAuth2 server at %s cannot be reached: %s"
              .formatted(URI.create(client.tokenUrl()).getHost(), e.getMessage()),
          null,
          e);
    }
  }

  private static HTTPRequest request(OAuthClient client, AuthorizationGrant grant, Scope scope) {
    URI url = URI.create(client.tokenUrl());
    TokenRequest.Builder request =
        client.secret() == null
            ? new TokenRequest.Builder(url, new ClientID(client.id()), grant)
            : new TokenRequest.Builder(url, authentication(client), grant);
    HTTPRequest http = request.scope(scope).build().toHTTPRequest();
    http.setAccept("application/json");
    return http;
  }

  private static ClientAuthentication authentication(OAuthClient client) {
    ClientID id = new ClientID(client.id());
    Secret secret = new Secret(client.secret());
    return client.authentication() == OAuthServer.ClientAuthentication.BASIC
        ? new ClientSecretBasic(id, secret)
        : new ClientSecretPost(id, secret);
  }
}
