package dev.watchpost.element;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How requests of an element are signed, beside their authentication. */
public enum RequestSignature {
  /** Of Sage One, with the setting {@code signature.secret}; see {@link SageOneSignature}. */
  SAGE_ONE("sageone");

  private final String text;

  RequestSignature(String text) {
    this.text = text;
  }

  static Optional<RequestSignature> named(String text) {
    return Arrays.stream(values()).filter(signature -> signature.text.equals(text)).findFirst();
  }

  /**
   * Headers that sign one request.
   *
   * @param settings of the instance, the element's defaults filled in; without a secret nothing is
   *     signed
   * @param url percent-encoded, with its query
   * @param body null: none
   * @param accessToken of the request; null: none
   */
  Map<String, String> headers(
      Map<String, String> settings, String method, String url, String body, String accessToken) {
    String secret = settings.getOrDefault("signature.secret", "").strip();
    if (secret.isEmpty() || accessToken == null) {
      return Map.of();
    }
    return SageOneSignature.of(secret, accessToken, settings.get("resource_owner_id"))
        .headers(method, url, body);
  }
}
