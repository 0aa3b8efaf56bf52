package dev.watchpost.element;

import dev.watchpost.date.UrlEncoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hides secrets in texts that others wrote, in every form in which they are likely to repeat them:
 * as they are, percent-encoded, form-encoded, in JSON, in Base64. Not thread-safe.
 */
public final class SecretMask {
  private static final String MASK = "********";

  /** Shorter ones, encoded, are in too many texts by chance. */
  private static final int SHORTEST_ENCODED = 4;

  /** The longest first: one may hold another. */
  private final Set<String> forms =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(c -> c));

  /** Hides these too; empty ones are none. */
  public void add(Collection<String> secrets) {
    secrets.stream().filter(secret -> !secret.isEmpty()).forEach(this::add);
  }

  private void add(String secret) {
    if (forms.add(secret) && secret.length() >= SHORTEST_ENCODED) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      forms.add(UrlEncoding.component(secret));
      forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
      forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
      forms.add(Base64.getEncoder().encodeToString(bytes));
      forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
  }

  /** {@code text} without them. */
  public String hide(String text) {
    String hidden = text;
    for (String form : forms) {
      hidden = hidden.replace(form, MASK);
    }
    return hidden;
  }
}
