package dev.watchpost.model;

import java.time.Instant;

/**
 * A record as it was from an edit to the next.
 *
 * @param number 1, 2, ... within the record
 * @param updated the source's own date of it, whole seconds
 * @param visible from when on (the source's clock) it is listed; later than {@code updated} where
 *     the source is slow
 * @param deleted it is a mark that the record is gone
 */
record Version(
    String id, int number, Instant created, Instant updated, Instant visible, boolean deleted) {

  String json() {
    return "{\"id\":\"%s\",\"n\":%d,\"created_at\":\"%s\",\"updated_at\":\"%s\",\"deleted\":%s}"
        .formatted(id, number, created, updated, deleted);
  }
}
