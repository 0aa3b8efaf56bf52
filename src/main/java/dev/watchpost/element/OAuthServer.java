package dev.watchpost.element;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the OAuth2 server of an element is asked, as its block {@code oauth} says. Immutable.
 *
 * @param authorizationUrl where a person consents; may hold {@code {placeholders}} of settings;
 *     null: the instance says it
 * @param tokenUrl where tokens are given; as {@code authorizationUrl}
 * @param scope what is asked for where the instance does not say it; null: nothing
 * @param grants the ways to a token it knows, at least one
 * @param clientAuthentication how client id and secret go to the token url
 * @param pkce an authorization needs a proof key (RFC 7636)
 * @param parameters further ones of the authorization url, {@code access_type: offline}
 */
public record OAuthServer(
    String authorizationUrl,
    String tokenUrl,
    String scope,
    Set<Grant> grants,
    ClientAuthentication clientAuthentication,
    boolean pkce,
    Map<String, String> parameters) {

  /** A server that the instance's settings must name. */
  public static final OAuthServer UNKNOWN = read(JsonNodeFactory.instance.objectNode());

  /** The ways to a token (RFC 6749). */
  public enum Grant {
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS,
    PASSWORD;

    /** As written in {@code oauth.grant} and in element files. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The grant so written, whatever the case. */
    public static Optional<Grant> named(String text) {
      return Arrays.stream(values()).filter(g -> g.name().equalsIgnoreCase(text)).findFirst();
    }
  }

  /** How client id and secret go to the token url (RFC 6749, section 2.3.1). */
  public enum ClientAuthentication {
    BASIC,
    BODY;

    /** As written in {@code oauth.client.authentication} and in element files. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one so written, whatever the case. */
    public static Optional<ClientAuthentication> named(String text) {
      return Arrays.stream(values()).filter(c -> c.name().equalsIgnoreCase(text)).findFirst();
    }
  }

  /** Null where there is no block. The schema of element files has been checked. */
  static OAuthServer read(JsonNode block) {
    if (block.isMissingNode() || block.isNull()) {
      return null;
    }
    return new OAuthServer(
        url(block, "authorizationUrl"),
        url(block, "tokenUrl"),
        block.path("scope").asText("").isBlank() ? null : block.path("scope").asText().strip(),
        grants(block.path("grants")),
        clientAuthentication(block.path("clientAuthentication")),
        block.path("pkce").asBoolean(false),
        parameters(block.path("parameters")));
  }

  private static String url(JsonNode block, String name) {
    String url = block.path(name).asText("").strip();
    return url.isEmpty() ? null : url;
  }

  private static Set<Grant> grants(JsonNode list) {
    if (list.isMissingNode()) {
      return Collections.unmodifiableSet(EnumSet.allOf(Grant.class));
    }
    Set<Grant> grants = EnumSet.noneOf(Grant.class);
    for (JsonNode grant : list.isArray() ? list : List.of(list)) {
      grants.add(Grant.named(grant.asText()).orElseThrow());
    }
    return Collections.unmodifiableSet(grants);
  }

  private static ClientAuthentication clientAuthentication(JsonNode text) {
    return ClientAuthentication.named(text.asText("body")).orElseThrow();
  }

  private static Map<String, String> parameters(JsonNode block) {
    Map<String, String> parameters = new LinkedHashMap<>();
    block.properties().forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    return Collections.unmodifiableMap(parameters);
  }
}
