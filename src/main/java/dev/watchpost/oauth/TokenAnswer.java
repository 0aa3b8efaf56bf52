package dev.watchpost.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.watchpost.element.SecretMask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.minidev.json.JSONObject;

/**
 * An answer of a token url. Read more kindly than RFC 6749 says, as servers are: form-encoded
 * answers, answers without token_type, numbers as texts, errors with status 200.
 */
final class TokenAnswer {
  private static final int SHOWN = 300;
  private static final Set<String> TOKENS =
      Set.of("access_token", "refresh_token", "id_token", "token_type", "expires_in");

  private final int status;
  private final JSONObject fields;
  private final SecretMask secrets;

  private TokenAnswer(int status, JSONObject fields, SecretMask secrets) {
    this.status = status;
    this.fields = fields;
    this.secrets = secrets;
  }

  /**
   * @param secrets that were sent: a server may repeat them in its message
   */
  static TokenAnswer of(HTTPResponse response, SecretMask secrets) {
    String body = Objects.requireNonNullElse(response.getBody(), "").strip();
    JSONObject fields = fields(body);
    fields.values().removeIf(Objects::isNull);
    return new TokenAnswer(response.getStatusCode(), fields, secrets);
  }

  private static JSONObject fields(String body) {
    if (body.startsWith("{")) {
      try {
        return JSONObjectUtils.parse(body);
      } catch (ParseException broken) {
        return new JSONObject();
      }
    }
    JSONObject fields = new JSONObject();
    if (body.contains("access_token=") || body.contains("error=")) {
      fields.putAll(MultivaluedMapUtils.toSingleValuedMap(URLUtils.parseParameters(body)));
    }
    return fields;
  }

  /**
   * @param what was refused, for the message
   * @param issuedAt when it was asked for
   * @throws OAuthFailure where there is no token in it
   */
  Tokens tokens(String what, Instant issuedAt, String tokenUrl) {
    if (status / 100 != 2 || !fields.containsKey("access_token")) {
      throw failure(what);
    }
    fields.put("token_type", "Bearer");
    fields.remove("scope");
    try {
      var given = AccessTokenResponse.parse(fields).getTokens();
      RefreshToken refresh = given.getRefreshToken();
      long seconds = given.getAccessToken().getLifetime();
      return new Tokens(
          given.getAccessToken().getValue(),
          refresh == null ? null : refresh.getValue(),
          issuedAt,
          seconds <= 0 ? null : issuedAt.plusSeconds(seconds),
          tokenUrl,
          facts());
    } catch (ParseException e) {
      throw OAuthFailure.unavailable(
          "the OAuth2 server's answer cannot be read: " + shown(e.getMessage()), null, null);
    }
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!TOKENS.contains(name) && (value instanceof String || value instanceof Number)) {
            facts.put(name, value.toString());
          }
        });
    return facts;
  }

  private OAuthFailure failure(String what) {
    ErrorObject error = ErrorObject.parse(fields);
    String said = said(error);
    String code = Objects.requireNonNullElse(error.getCode(), "");
    if (code.isEmpty() && status != 400 && status != 401 || status >= 500 || status == 429) {
      return OAuthFailure.unavailable(
          "the OAuth2 server answered %d and no token".formatted(status), said, null);
    }
    return OAuthFailure.refused(
        "the OAuth2 server refused %s (%s)"
            .formatted(what, code.isEmpty() ? "status " + status : shown(code)),
        code,
        said);
  }

  private String said(ErrorObject error) {
    String description =
        error.getDescription() != null
            ? error.getDescription()
            : Objects.toString(fields.get("message"), null);
    String said = description == null ? error.getCode() : description;
    return said == null ? null : shown(said);
  }

  private String shown(String text) {
    String shown = secrets.hide(text).replaceAll("\\s+", " ");
    return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
  }
}
