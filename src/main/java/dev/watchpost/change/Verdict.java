package dev.watchpost.change;

import dev.watchpost.outbox.EventType;
import java.time.Instant;

/**
 * What the detector says of one record.
 *
 * @param event null: no event
 * @param date when the change happened, as the source tells it; null with no event
 * @param row what the ledger holds from now on; null: what it holds already
 */
record Verdict(EventType event, Instant date, LedgerRow row) {
  static final Verdict UNCHANGED = new Verdict(null, null, null);

  /** Nothing now: what was shown may be from before a webhook told of the record. */
  static final Verdict LATER = new Verdict(null, null, null);

  static Verdict silent(LedgerRow row) {
    return new Verdict(null, null, row);
  }
}
