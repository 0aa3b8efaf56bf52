package dev.watchpost.element;

import static dev.watchpost.date.UrlEncoding.component;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Sage One asks (developers.sageone.com/docs#signing_your_requests and Sage's own
 * sageone_api_signer): HMAC-SHA1 over method, url, parameters and a nonce, keyed with the signing
 * secret and the access token. Versions 1 and 2 of the API sign query and form parameters; version
 * 3, and any later, signs the query, the body as parameter {@code body} (even an empty one) and the
 * id of the resource owner.
 *
 * @param resourceOwner id that came with the access token; null: none
 */
record SageOneSignature(String signingSecret, String accessToken, String resourceOwner) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern VERSION_1_OR_2 = Pattern.compile("[^/:]/v[12]/");
  private static final int NONCE_BYTES = 16;

  private record Parameter(String name, String value) {}

  static SageOneSignature of(String signingSecret, String accessToken, String resourceOwner) {
    return new SageOneSignature(signingSecret, accessToken, resourceOwner);
  }

  /**
   * X-Nonce and X-Signature of one request, never the same twice.
   *
   * @param body null: none; of versions 1 and 2 a form
   */
  Map<String, String> headers(String method, String url, String body) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    String hex = HexFormat.of().formatHex(nonce);
    return Map.of("X-Nonce", hex, "X-Signature", sign(base(method, url, body, hex)));
  }

  String base(String method, String url, String body, String nonce) {
    String resource = withoutQuery(url);
    boolean form = VERSION_1_OR_2.matcher(resource).find();
    List<Parameter> parameters = new ArrayList<>(parameters(query(url)));
    String text = body == null ? "" : body;
    if (form) {
      parameters.addAll(parameters(text));
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      parameters.add(new Parameter("body", Base64.getEncoder().encodeToString(bytes)));
    }
    String base =
        String.join(
            "&", method, component(resource), component(joined(parameters)), component(nonce));
    return form || resourceOwner == null ? base : base + "&" + component(resourceOwner);
  }

  /** Scheme, host, port where it is not the scheme's own, path. */
  private static String withoutQuery(String url) {
    String plain = url.split("[?#]", 2)[0];
    return plain.replaceFirst(
        "^(?i)(http://[^/]+):80(?=/|$)|^(?i)(https://[^/]+):443(?=/|$)", "$1$2");
  }

  private static String query(String url) {
    String[] parts = url.split("#", 2)[0].split("\\?", 2);
    return parts.length < 2 ? "" : parts[1];
  }

  private static List<Parameter> parameters(String form) {
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : form.split("&")) {
      if (!pair.isEmpty()) {
        String[] sides = pair.split("=", 2);
        parameters.add(new Parameter(decoded(sides[0]), sides.length < 2 ? "" : decoded(sides[1])));
      }
    }
    return parameters;
  }

  /** Sorted once they are encoded, as Sage's signer does. */
  private static String joined(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> component(parameter.name()) + "=" + component(parameter.value()))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private String sign(String base) {
    String key = component(signingSecret) + "&" + component(accessToken);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "SageOneSignature[********]";
  }
}
