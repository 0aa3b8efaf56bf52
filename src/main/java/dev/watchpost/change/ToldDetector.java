package dev.watchpost.change;

import static dev.watchpost.outbox.EventType.CREATED;
import static dev.watchpost.outbox.EventType.DELETED;
import static dev.watchpost.outbox.EventType.UPDATED;

import dev.watchpost.change.LedgerRow.State;
import dev.watchpost.date.SourceDate;
import dev.watchpost.date.UnreadableDate;
import dev.watchpost.outbox.EventType;
import dev.watchpost.record.SourceRecord;
import dev.watchpost.resource.DateField;
import dev.watchpost.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a webhook's event means, by what the ledger knows of its record: an unseen one is entered as
 * it is told; what is older than known is stale; a record created again is an update where its
 * content differs; one is deleted once. Pure.
 */
final class ToldDetector {
  private final Resource resource;
  private final Instant receivedAt;

  ToldDetector(Resource resource, Instant receivedAt) {
    this.resource = resource;
    this.receivedAt = receivedAt;
  }

  /**
   * @param row null: the record's id is unseen
   * @throws UnreadableDate where one of its dates is none
   */
  Verdict judge(ToldEvent told, SourceRecord record, LedgerRow row) {
    Long updated = updated(told, record);
    EventType type = row == null || !row.seen() ? told.type() : type(told, record, row, updated);
    return type == null
        ? Verdict.UNCHANGED
        : new Verdict(
            type, date(told, record, updated), row(told.type(), type, record, row, updated));
  }

  /** Null: no event. */
  private static EventType type(ToldEvent told, SourceRecord record, LedgerRow row, Long updated) {
    Long known = row.updated();
    boolean dated = updated != null && known != null;
    if (row.state() == State.DELETED) {
      return told.type() == DELETED || dated && updated <= known ? null : CREATED;
    }
    if (dated && updated < known) {
      return null;
    }
    if (told.type() == DELETED) {
      return DELETED;
    }
    boolean newer = dated && updated > known && told.type() == UPDATED;
    return newer || record.fingerprint() != row.fingerprint() ? UPDATED : null;
  }

  private LedgerRow row(
      EventType told, EventType type, SourceRecord record, LedgerRow known, Long updated) {
    boolean shown = told != DELETED || known == null;
    Long created = micros(resource.created(), record.created());
    String json = shown ? new String(record.json(), StandardCharsets.UTF_8) : known.record();
    return new LedgerRow(
        known == null ? null : known.key(),
        record.id(),
        updated == null && known != null ? known.updated() : updated,
        created == null && known != null ? known.created() : created,
        shown ? record.fingerprint() : known.fingerprint(),
        (known == null ? 0 : known.sequence()) + 1,
        type == DELETED ? State.DELETED : State.LIVE,
        0,
        null,
        resource.keepRecords() ? json : null,
        Detector.micros(receivedAt),
        known == null ? null : known.notification());
  }

  /** As a poll reads it, where the record shows it; a deletion is later than that. */
  private Long updated(ToldEvent told, SourceRecord record) {
    Long shown = micros(resource.updated(), record.updated());
    Long said = told.date() == null ? null : Detector.micros(told.date());
    if (shown == null || said == null) {
      return shown == null ? said : shown;
    }
    return told.type() == DELETED ? Math.max(shown, said) : shown;
  }

  private static Long micros(DateField field, String text) {
    if (field == null || text == null) {
      return null;
    }
    SourceDate date = field.format().parse(text);
    return Detector.micros(date.start());
  }

  private Instant date(ToldEvent told, SourceRecord record, Long updated) {
    if (told.date() != null) {
      return told.date();
    }
    Long at = updated != null ? updated : micros(resource.created(), record.created());
    return at == null ? receivedAt : Instant.EPOCH.plus(at, ChronoUnit.MICROS);
  }
}
