package dev.watchpost.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code Authorization: User <secret>, Organization <secret>[, Element <token>]}. */
final class Authorization {
  private static final String FORM =
      "send the header Authorization: User <secret>, Organization <secret>[, Element <token>]";

  private final ApiCredentials credentials;

  Authorization(ApiCredentials credentials) {
    this.credentials = credentials;
  }

  /**
   * @param header null: there is none
   * @return the token of Element, where it is there
   * @throws Refusal 401
   */
  Optional<String> check(String header) {
    if (header == null || header.isBlank()) {
      throw unauthorized("no credentials");
    }
    Map<String, String> parts = parts(header);
    // both are compared in any case: the time must not tell which one is wrong
    boolean user = same(credentials.user(), parts.get("user"));
    boolean organization = same(credentials.organization(), parts.get("organization"));
    if (!(user & organization)) {
      throw unauthorized("unknown User or Organization");
    }
    return Optional.ofNullable(parts.get("element"));
  }

  /** 401 that shows the form. */
  static Refusal unauthorized(String what) {
    return Refusal.of(401, what + "; " + FORM);
  }

  private static Map<String, String> parts(String header) {
    Map<String, String> parts = new HashMap<>();
    for (String part : header.split(",")) {
      String[] words = part.strip().split("\\s+", 2);
      String scheme = words[0].toLowerCase(Locale.ROOT);
      if (words.length < 2 || parts.put(scheme, words[1].strip()) != null) {
        throw unauthorized("the Authorization header is not understood");
      }
    }
    return parts;
  }

  private static boolean same(String expected, String found) {
    byte[] shown = (found == null ? "" : found).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown);
  }
}
