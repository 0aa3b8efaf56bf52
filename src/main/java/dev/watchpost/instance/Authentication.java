package dev.watchpost.instance;

import dev.watchpost.element.AccessToken;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Credentials;
import dev.watchpost.element.CredentialsCheck;
import dev.watchpost.element.Element;
import dev.watchpost.element.OAuthServer.Grant;
import dev.watchpost.oauth.AccessTokens;
import dev.watchpost.oauth.OAuthClient;
import dev.watchpost.oauth.Tokens;
import dev.watchpost.resource.Report;
import java.net.URI;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jdbi.v3.core.Handle;

/** When an instance needs new OAuth2 tokens, and what its requests carry. */
record Authentication(AccessTokens tokens) {
  private static final String CODE = "code";
  private static final String VERIFIER = "codeVerifier";

  /**
   * Asks for the tokens that a change of an instance needs.
   *
   * @param before null: it is created
   * @return what is to be written with the change, in the same transaction
   * @throws InvalidInstance where a code is needed and there is none
   * @throws dev.watchpost.oauth.OAuthFailure where the server gives no token
   */
  ObjLongConsumer<Handle> change(Element element, Instance before, Instance after, Report report) {
    boolean was = before != null && isOAuth(element, before);
    if (!isOAuth(element, after)) {
      return was ? tokens::forget : (handle, id) -> {};
    }
    OAuthClient client = client(element, after);
    OAuthClient old = was ? client(element, before) : null;
    boolean fresh = old == null || old.grant() != client.grant();
    if (client.grant() == Grant.AUTHORIZATION_CODE) {
      checkCode(after, fresh, report);
      fresh |= !code(after).isEmpty() && !code(after).equals(code(before));
    } else {
      fresh |= !client.equals(old);
    }
    if (!fresh) {
      return client.equals(old) ? (handle, id) -> {} : tokens::settingsChanged;
    }
    Tokens granted = tokens.grant(client, after.providerData());
    return (handle, id) -> tokens.save(handle, id, granted);
  }

  private static boolean isOAuth(Element element, Instance instance) {
    return CredentialsCheck.type(element, instance.configuration()) == AuthenticationType.OAUTH2;
  }

  private static OAuthClient client(Element element, Instance instance) {
    return OAuthClient.of(element, instance.configuration(), instance.providerData());
  }

  private static String code(Instance instance) {
    return instance == null ? "" : instance.providerData().getOrDefault(CODE, "").strip();
  }

  private static void checkCode(Instance instance, boolean fresh, Report report) {
    if (fresh && code(instance).isEmpty()) {
      report.problem(
          "providerData." + CODE,
          "is missing; open the url that /elements/%s/oauth/url answers and send the code it ends in"
              .formatted(instance.elementKey()));
    }
    String verifier = instance.providerData().get(VERIFIER);
    if (verifier != null && !verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
      report.problem(
          "providerData." + VERIFIER, "is none; send the one that came with the oauthUrl");
    }
    InvalidInstance.refuse(report);
  }

  /** As {@link Instances#credentials}. */
  Credentials credentials(Element element, Instance instance, URI resourceUrl) {
    AccessToken token =
        isOAuth(element, instance)
            ? tokens.current(instance.id(), client(element, instance))
            : null;
    return Credentials.of(element, instance.configuration(), resourceUrl, token);
  }

  /** As {@link Instances#renewed}. */
  Optional<Credentials> renewed(
      Element element, Instance instance, URI resourceUrl, Credentials refused) {
    return refused
        .accessToken()
        .map(old -> tokens.renewed(instance.id(), client(element, instance), old))
        .map(token -> Credentials.of(element, instance.configuration(), resourceUrl, token));
  }
}
