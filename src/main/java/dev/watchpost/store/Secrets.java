package dev.watchpost.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.AesGcmParameters.Variant;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Seals what must not be read in the database file: AES-256-GCM by Tink, a fresh nonce each time.
 * The first key seals, all of them open; a sealed text begins with the id of its key, which is a
 * part of the key's hash. Thread-safe.
 */
public final class Secrets {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** What Tink puts before a sealed text: a 1 and the key's id, as Base64; the last bits apart. */
  static final int MARK_LENGTH = 6;

  private volatile Ring ring;

  private Secrets(Ring ring) {
    this.ring = ring;
  }

  /**
   * @param marks how texts begin that its keys have sealed, the first key's first
   */
  private record Ring(Aead cipher, List<String> marks) {}

  /**
   * @param keys one key of 32 bytes as Base64 ({@code watchpost.secrets.key}), or several with
   *     commas between, the new one first
   * @throws IllegalArgumentException where that is not what it is; shows no key
   */
  public static Secrets withKeys(String keys) {
    return new Secrets(ring(keys));
  }

  /** From now on with these keys, as {@link #withKeys}. */
  public void use(String keys) {
    ring = ring(keys);
  }

  private static Ring ring(String keys) {
    List<byte[]> all = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (String key : keys.split(",", -1)) {
      byte[] bytes = bytes(key.strip());
      if (ids.add(id(bytes))) {
        all.add(bytes);
      }
    }
    try {
      return new Ring(cipher(all), all.stream().map(key -> mark(id(key))).toList());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  private static byte[] bytes(String key) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected 32 bytes as Base64, found another text");
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "expected 32 bytes as Base64, found " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static Aead cipher(List<byte[]> keys) throws GeneralSecurityException {
    KeysetHandle.Builder all = KeysetHandle.newBuilder();
    for (byte[] key : keys) {
      var entry = KeysetHandle.importKey(key(key, Variant.TINK)).withFixedId(id(key));
      all.addEntry(key == keys.get(0) ? entry.makePrimary() : entry);
      // texts of before ids were written
      all.addEntry(KeysetHandle.importKey(key(key, Variant.NO_PREFIX)).withFixedId(~id(key)));
    }
    return all.build().getPrimitive(AeadConfig2026.get(), Aead.class);
  }

  private static Key key(byte[] bytes, Variant variant) throws GeneralSecurityException {
    AesGcmParameters parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(KEY_BYTES)
            .setIvSizeBytes(NONCE_BYTES)
            .setTagSizeBytes(TAG_BYTES)
            .setVariant(variant)
            .build();
    return AesGcmKey.builder()
        .setParameters(parameters)
        .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
        .setIdRequirement(variant == Variant.TINK ? id(bytes) : null)
        .build();
  }

  private static int id(byte[] key) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String mark(int id) {
    byte[] prefix = ByteBuffer.allocate(5).put((byte) 1).putInt(id).array();
    return Base64.getEncoder().encodeToString(prefix).substring(0, MARK_LENGTH);
  }

  /** A new random key for {@link #withKeys}. */
  public static String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** How everything begins that the first key has sealed. */
  String mark() {
    return ring.marks.get(0);
  }

  /** Whether one of the keys has sealed it, by its beginning. */
  boolean bearsMark(String sealed) {
    return ring.marks.stream().anyMatch(sealed::startsWith);
  }

  /**
   * @param context what the text belongs to (a table and column): it opens only with the same
   */
  public String seal(String text, String context) {
    try {
      byte[] sealed =
          ring.cipher.encrypt(
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
          ring.cipher.decrypt(
              Base64.getDecoder().decode(sealed), context.getBytes(StandardCharsets.UTF_8));
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "a stored secret does not open: watchpost.secrets.key is not the key it was sealed with",
          e);
    }
  }
}
