package dev.watchpost.api;

import dev.watchpost.tenant.Owner;
import dev.watchpost.tenant.Tenants;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code Authorization: User <secret>, Organization <secret>[, Element <token>]}. */
final class Authorization {
  private static final String FORM =
      "send the header Authorization: User <secret>, Organization <secret>[, Element <token>]";

  private final Tenants tenants;

  Authorization(Tenants tenants) {
    this.tenants = tenants;
  }

  /**
   * Who is calling.
   *
   * @param token of Element, where it was sent
   */
  record Shown(Owner owner, Optional<String> token) {}

  /**
   * @param header null: there is none
   * @throws Refusal 401
   */
  Shown check(String header) {
    if (header == null || header.isBlank()) {
      throw unauthorized("no credentials");
    }
    Map<String, String> parts = parts(header);
    Owner owner =
        tenants
            .find(parts.get("user"), parts.get("organization"))
            .orElseThrow(() -> unauthorized("unknown User or Organization"));
    return new Shown(owner, Optional.ofNullable(parts.get("element")));
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
}
