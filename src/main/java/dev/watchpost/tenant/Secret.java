package dev.watchpost.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A secret of an organization or a user, kept as its SHA-256: secrets are long and random, so no
 * salt is needed.
 */
final class Secret {
  /** What stands before the hash where a file does not hold the secret itself. */
  static final String HASHED = "sha256:";

  private static final int SHORTEST = 20;

  private final byte[] hash;

  private Secret(byte[] hash) {
    this.hash = hash;
  }

  /** Of a secret that a caller shows, or that a property says. */
  static Secret of(String text) {
    return new Secret(sha256(text));
  }

  /**
   * As a file holds it: the secret, or {@code sha256:} and its hash in hexadecimal.
   *
   * @throws IllegalArgumentException with the fix, where it is neither or could be guessed
   */
  static Secret written(String text) {
    if (text.startsWith(HASHED)) {
      String hex = text.substring(HASHED.length());
      if (!hex.matches("[0-9a-fA-F]{64}")) {
        throw new IllegalArgumentException("expected 64 hexadecimal digits behind " + HASHED);
      }
      return new Secret(HexFormat.of().parseHex(hex));
    }
    if (text.length() < SHORTEST || text.matches(".*[\\s,].*")) {
      throw new IllegalArgumentException(
          "expected a secret of %d characters or more without spaces and commas, or %s and its hash"
              .formatted(SHORTEST, HASHED));
    }
    return of(text);
  }

  /** Takes the same time whatever differs. */
  boolean is(Secret other) {
    return MessageDigest.isEqual(hash, other.hash);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "********";
  }
}
