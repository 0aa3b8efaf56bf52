package dev.watchpost.outbox;

import java.time.Instant;

/**
 * A change as it is entered in the outbox.
 *
 * @param objectId the record's id at the source
 * @param sequence how many events of this record there have been, this one included: 1, 2, ...
 * @param date when the change happened as the source tells it; the poll's time where it does not
 * @param raw the whole record as JSON text; of a DELETED one the last known, or its id field alone
 * @param before the record before, as JSON text; null where it is not kept
 * @param changedFields JSON Pointers of what differs from {@code before}, as a JSON array; null
 *     where it is not kept
 * @param after number of the notification that carries the record's event before; null where there
 *     was none, or it is no longer pending
 */
public record NewEvent(
    EventType type,
    String objectId,
    long sequence,
    Instant date,
    String raw,
    String before,
    String changedFields,
    Long after) {

  /** The record's first event. */
  public NewEvent(
      EventType type,
      String objectId,
      long sequence,
      Instant date,
      String raw,
      String before,
      String changedFields) {
    this(type, objectId, sequence, date, raw, before, changedFields, null);
  }

  /** The same with another {@code after}. */
  public NewEvent after(Long carrier) {
    return new NewEvent(type, objectId, sequence, date, raw, before, changedFields, carrier);
  }

  /** The same with another record. */
  public NewEvent withRaw(String json) {
    return new NewEvent(type, objectId, sequence, date, json, before, changedFields, after);
  }
}
