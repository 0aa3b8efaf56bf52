package dev.watchpost.outbox;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that the same change always gets again, of one feed. Not thread-safe. */
final class Digest {
  private static final int BYTES = 16;

  private final Feed feed;
  private final MessageDigest sha;
  private final byte[] owner;

  Digest(Feed feed) {
    this.feed = feed;
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    this.owner =
        (part(Long.toString(feed.instanceId())) + part(Long.toString(feed.resourceId())))
            .getBytes(StandardCharsets.US_ASCII);
  }

  private static String part(String ascii) {
    return ascii.length() + ":" + ascii;
  }

  String eventId(NewEvent event) {
    sha.update(owner);
    update(event.objectId());
    update(Long.toString(event.sequence()));
    return "evt_" + hash();
  }

  /** By which events of one object are found: two objects that share it wait for each other. */
  String object(String objectId) {
    return HexFormat.of()
        .toHexDigits(Hashing.xxh3_64().hashCharsToLong(feed.resourceId() + ":" + objectId));
  }

  /**
   * @param eventIds with a space between
   */
  String messageId(String eventIds) {
    update(eventIds);
    return "msg_" + hash();
  }

  /** Each part with its length before it. */
  private void update(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
  }

  /** First 128 bits of SHA-256. */
  private String hash() {
    return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
  }
}
