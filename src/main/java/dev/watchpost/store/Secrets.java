package dev.watchpost.store;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Seals what must not be read in the database file: AES-256-GCM by Tink, a fresh nonce each time.
 * Thread-safe.
 */
public final class Secrets {
  private static final int KEY_BYTES = 32;

  private final AesGcmJce cipher;

  private Secrets(AesGcmJce cipher) {
    this.cipher = cipher;
  }

  /**
   * @param key 32 bytes as Base64 ({@code watchpost.secrets.key})
   * @throws IllegalArgumentException where it is not
   */
  public static Secrets withKey(String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key.strip());
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException(
            "expected 32 bytes as Base64, found " + bytes.length + " bytes");
      }
      return new Secrets(new AesGcmJce(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /** A new random key for {@link #withKey}. */
  public static String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * @param context what the text belongs to (a table and column): it opens only with the same
   */
  public String seal(String text, String context) {
    try {
      byte[] sealed =
          cipher.encrypt(
              text.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret could not be sealed", e);
    }
  }

  /**
   * @throws IllegalStateException where it was sealed with another key or context
   */
  public String open(String sealed, String context) {
    try {
      byte[] text =
          cipher.decrypt(
              Base64.getDecoder().decode(sealed), context.getBytes(StandardCharsets.UTF_8));
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a stored secret does not open: watchpost.secrets.key is not the key it was sealed with",
          e);
    }
  }
}
