package dev.watchpost.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a body twice over: as Cloud Elements does, and as Standard Webhooks does. During a rotation
 * there are two keys: {@code webhook-signature} lists a signature of each; the Cloud Elements
 * header holds one only, that of the first. Immutable.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String BASE64_PREFIX = "whsec_";
  private static final Pattern BETWEEN_KEYS = Pattern.compile("[\\s,]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SecretKeySpec> keys;

  private Signature(List<byte[]> keys) {
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, ALGORITHM)).toList();
  }

  /**
   * @param setting {@code event.notification.signature.key}: one key, spaces and commas belonging
   *     to it; or several, the new one first: {@code whsec_} keys separated by white space or
   *     commas, or any in a JSON array, {@code ["new", "old"]}. A key {@code whsec_..} is Base64,
   *     any other its UTF-8 bytes.
   * @throws IllegalArgumentException where there is no key, or a {@code whsec_} key is not Base64
   */
  public static Signature withKeys(String setting) {
    List<byte[]> keys =
        keys(setting).stream().filter(key -> !key.isBlank()).map(Signature::bytes).toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected a signature key, found none");
    }
    return new Signature(keys);
  }

  private static List<String> keys(String setting) {
    List<String> parts =
        BETWEEN_KEYS.splitAsStream(setting).filter(part -> !part.isEmpty()).toList();
    if (parts.stream().allMatch(part -> part.startsWith(BASE64_PREFIX))) {
      return parts;
    }
    return setting.startsWith("[") ? array(setting) : List.of(setting);
  }

  private static List<String> array(String setting) {
    try {
      return Arrays.stream(JSON.readValue(setting, String[].class))
          .filter(Objects::nonNull)
          .toList();
    } catch (JsonProcessingException aKeyOfItsOwn) {
      return List.of(setting);
    }
  }

  private static byte[] bytes(String key) {
    if (!key.startsWith(BASE64_PREFIX)) {
      return key.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(key.substring(BASE64_PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected Base64 after whsec_ in a signature key", e);
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("expected Base64 after whsec_ in a signature key");
    }
    return bytes;
  }

  /** {@code sha256=} and the Base64 of the HMAC of the body. */
  public String elements(byte[] body) {
    return "sha256=" + Base64.getEncoder().encodeToString(hmac(keys.get(0), body));
  }

  /** {@code v1,..} for each key, separated by a space. */
  public String standard(String id, Instant timestamp, byte[] body) {
    byte[] prefix = (id + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, prefix, body)))
        .collect(Collectors.joining(" "));
  }

  /** All headers of a signed POST. */
  public Map<String, String> headers(String id, Instant timestamp, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Elements-Webhook-Id", id);
    headers.put("Elements-Webhook-Signature", elements(body));
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp.getEpochSecond()));
    headers.put("webhook-signature", standard(id, timestamp, body));
    return headers;
  }

  private static byte[] hmac(SecretKeySpec key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
