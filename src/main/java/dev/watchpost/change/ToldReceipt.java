package dev.watchpost.change;

import dev.watchpost.outbox.EventType;

/**
 * What became of a webhook's events.
 *
 * @param received how many it told
 * @param unchanged told what was known, or something older
 * @param repeated the whole webhook was entered before
 */
public record ToldReceipt(
    int received, int created, int updated, int deleted, int unchanged, boolean repeated) {

  static ToldReceipt ofRepeated(int received) {
    return new ToldReceipt(received, 0, 0, 0, received, true);
  }

  static ToldReceipt none() {
    return new ToldReceipt(0, 0, 0, 0, 0, false);
  }

  ToldReceipt with(EventType entered) {
    return new ToldReceipt(
        received + 1,
        created + (entered == EventType.CREATED ? 1 : 0),
        updated + (entered == EventType.UPDATED ? 1 : 0),
        deleted + (entered == EventType.DELETED ? 1 : 0),
        unchanged + (entered == null ? 1 : 0),
        false);
  }
}
