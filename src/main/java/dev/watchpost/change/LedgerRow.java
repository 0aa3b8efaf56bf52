package dev.watchpost.change;

import dev.watchpost.record.SourceRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the ledger knows of one record.
 *
 * @param key number it is stored under; null: it is not yet
 * @param updated start of its updated date, microseconds since 1970; null: it has none
 * @param created likewise
 * @param fingerprint of its content
 * @param sequence events entered of it so far
 * @param missing sweeps in a row that did not show it
 * @param staleAt start of the poll (microseconds) that showed an older updated date; null: the last
 *     one did not
 * @param record the last one as JSON text, where the resource keeps records
 * @param toldAt when a webhook told of it last (microseconds); null: a poll has shown it since
 * @param notification number of the one that carries its last event; null: it had none, or none
 *     that is pending
 */
record LedgerRow(
    Long key,
    String id,
    Long updated,
    Long created,
    long fingerprint,
    long sequence,
    State state,
    int missing,
    Long staleAt,
    String record,
    Long toldAt,
    Long notification) {

  /**
   * LISTED: shown by a sweep's own url only. FORGOTTEN: from before a reset, kept for its sequence.
   */
  enum State {
    LIVE,
    LISTED,
    DELETED,
    FORGOTTEN
  }

  static LedgerRow listed(String id) {
    return new LedgerRow(null, id, null, null, 0, 0, State.LISTED, 0, null, null, null, null);
  }

  /** True where a poll has shown the record, deleted since or not. */
  boolean seen() {
    return state == State.LIVE || state == State.DELETED;
  }

  /** True where the record, shown once more just so, would change nothing. */
  boolean holds(SourceRecord shown) {
    return state == State.LIVE
        && missing == 0
        && staleAt == null
        && toldAt == null
        && fingerprint == shown.fingerprint();
  }

  LedgerRow deletedBySweep() {
    return standing(State.DELETED, null, null).next();
  }

  /** Shown by a sweep: nothing is missing, whatever else is known of it stays. */
  LedgerRow shown(State now) {
    return standing(now, staleAt, toldAt);
  }

  /** With one event more. */
  LedgerRow next() {
    return numbered(key, sequence + 1, notification);
  }

  /** Its last event is on its way in this one. */
  LedgerRow carriedBy(long carrier) {
    return numbered(key, sequence, carrier);
  }

  LedgerRow under(long number) {
    return numbered(number, sequence, notification);
  }

  /** No sweep misses it. */
  private LedgerRow standing(State now, Long stale, Long told) {
    return new LedgerRow(
        key,
        id,
        updated,
        created,
        fingerprint,
        sequence,
        now,
        0,
        stale,
        record,
        told,
        notification);
  }

  private LedgerRow numbered(Long number, long events, Long carrier) {
    return new LedgerRow(
        number,
        id,
        updated,
        created,
        fingerprint,
        events,
        state,
        missing,
        staleAt,
        record,
        toldAt,
        carrier);
  }

  /** Nothing out of the ordinary is known of it: that is most of them. */
  boolean plain() {
    return state == State.LIVE
        && missing == 0
        && staleAt == null
        && record == null
        && toldAt == null;
  }

  /** After the events of a page were entered: what carries them. */
  static List<LedgerRow> carried(Collection<LedgerRow> rows, Map<String, Long> carriers) {
    return rows.stream()
        .map(row -> carriers.containsKey(row.id) ? row.carriedBy(carriers.get(row.id)) : row)
        .toList();
  }
}
