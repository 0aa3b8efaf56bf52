package dev.watchpost.outbox;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that the same change always gets again: entered twice it violates a key instead of being
 * duplicated in silence.
 */
final class Digest {
  private static final int BYTES = 16;

  private Digest() {}

  static String eventId(Feed feed, NewEvent event) {
    return "evt_"
        + hash(
            Long.toString(feed.instanceId()),
            Long.toString(feed.resourceId()),
            event.objectId(),
            Long.toString(event.sequence()));
  }

  /** By which events of one object are found: two objects that share it wait for each other. */
  static String object(long resourceId, String objectId) {
    return HexFormat.of()
        .toHexDigits(Hashing.xxh3_64().hashCharsToLong(resourceId + ":" + objectId));
  }

  static String messageId(Iterable<String> eventIds) {
    return "msg_" + hash(String.join(" ", eventIds));
  }

  /** First 128 bits of SHA-256 over the parts, each with its length before it. */
  private static String hash(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
