package dev.watchpost.record;

import java.nio.charset.StandardCharsets;

/**
 * A record that cannot be entered; the others go on.
 *
 * @param id null where it has none that can be read
 * @param reason for the user, naming the path
 * @param excerpt its first characters, at most 200
 */
public record BadRecord(String id, String reason, String excerpt) {
  private static final int EXCERPT = 200;

  /** A record that could be read, but not be judged. */
  public static BadRecord of(SourceRecord record, String reason) {
    String json = new String(record.json(), StandardCharsets.UTF_8);
    return new BadRecord(record.id(), reason, json.substring(0, Math.min(EXCERPT, json.length())));
  }
}
