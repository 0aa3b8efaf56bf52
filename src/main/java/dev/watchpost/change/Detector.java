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
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.DetectBy;
import dev.watchpost.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Is it new? The table of what counts as a change, row by row. Pure: it reads and writes nothing,
 * and judges one record against what the ledger knows of it.
 */
final class Detector {
  private final Resource resource;
  private final DetectionFacts facts;

  Detector(Resource resource, DetectionFacts facts) {
    this.resource = resource;
    this.facts = facts;
  }

  /**
   * @param row null: the record's id is unseen
   * @param listedAsDeleted it stands in the listing of deleted ones
   * @throws UnreadableDate where one of its dates is none
   */
  Verdict judge(SourceRecord record, LedgerRow row, boolean listedAsDeleted) {
    if (row != null && !listedAsDeleted && knownAsItIs(record, row)) {
      return Verdict.UNCHANGED;
    }
    Shown shown = read(record, row);
    if (row != null && toldMeanwhile(row) && !shown.newer()) {
      return Verdict.LATER;
    }
    if (listedAsDeleted || shown.deletion != null) {
      return deleted(shown);
    }
    if (facts.rebaseline()) {
      return Verdict.silent(shown.row(0));
    }
    if (row == null || !row.seen()) {
      return unseen(shown);
    }
    return row.state() == State.DELETED ? shown.event(CREATED) : seen(shown);
  }

  /** Of a record in a sweep's own listing, which may tell no more than its id. */
  Verdict judgeListed(SourceRecord record, LedgerRow row) {
    if (row == null || row.state() == State.FORGOTTEN) {
      return Verdict.silent(row == null ? LedgerRow.listed(record.id()) : row.shown(State.LISTED));
    }
    if (toldMeanwhile(row)) {
      return Verdict.LATER;
    }
    if (row.state() == State.DELETED) {
      LedgerRow back = row.shown(State.LIVE).next();
      return new Verdict(CREATED, facts.pollStart(), back);
    }
    return row.missing() == 0 ? Verdict.UNCHANGED : Verdict.silent(row.shown(row.state()));
  }

  /** The source may have shown it before a webhook told what it is now. */
  private boolean toldMeanwhile(LedgerRow row) {
    return row.toldAt() != null && row.toldAt() >= micros(facts.pollStart());
  }

  /** The hot path: the same content as before, in a row that nothing is pending for. */
  private boolean knownAsItIs(SourceRecord record, LedgerRow row) {
    return row.fingerprint() == record.fingerprint()
        && row.state() == State.LIVE
        && row.missing() == 0
        && row.staleAt() == null
        && row.toldAt() == null
        && resource.ignoreFields().isEmpty()
        && keptAsAsked(row)
        && !marked(record.deleted())
        && !facts.rebaseline();
  }

  /** The record itself is in the row where it is to be: keepRecords may have been set since. */
  private boolean keptAsAsked(LedgerRow row) {
    return resource.keepRecords() == (row.record() != null);
  }

  private Verdict deleted(Shown shown) {
    LedgerRow row = shown.known;
    if (row != null && row.seen()) {
      return row.state() == State.DELETED ? Verdict.UNCHANGED : shown.event(DELETED);
    }
    SourceDate at = shown.deletionDate();
    boolean counts = at != null && !old(at) && !facts.rebaseline();
    return counts ? shown.event(DELETED) : Verdict.silent(shown.row(0, State.DELETED));
  }

  private Verdict unseen(Shown shown) {
    SourceDate deciding = shown.deciding();
    if (deciding == null) {
      boolean silent = facts.firstComplete() && !facts.fromBeginning();
      return silent ? Verdict.silent(shown.row(0)) : shown.event(CREATED);
    }
    if (old(deciding)) {
      boolean appeared = resource.complete() && !facts.firstComplete();
      return appeared ? shown.event(CREATED) : Verdict.silent(shown.row(0));
    }
    boolean isNew = shown.created == null || !old(shown.created) || justCreated(shown);
    return shown.event(isNew ? CREATED : UPDATED);
  }

  private Verdict seen(Shown shown) {
    LedgerRow row = shown.known;
    boolean differs = row.fingerprint() != shown.record.fingerprint();
    if (shown.updated == null || !resource.filterByUpdatedDate()) {
      return differs && byContent() ? shown.event(UPDATED) : shown.quiet();
    }
    long updated = micros(shown.updated.start());
    if (row.updated() == null || updated > row.updated()) {
      return shown.event(UPDATED);
    }
    if (updated == row.updated()) {
      if (row.toldAt() != null && !byContent()) {
        // the same version, which a webhook may have told with other fields
        return shown.quiet();
      }
      return differs && (byContent() || editable(shown.updated))
          ? shown.event(UPDATED)
          : shown.quiet();
    }
    return older(shown);
  }

  /**
   * A stale replica, unless a poll before this one showed an older date as well, or the clock was
   * set back so that local times run through the same hour twice and the older one may be later.
   */
  private Verdict older(Shown shown) {
    if (shown.updated.mayBeAfter(Instant.EPOCH.plus(shown.known.updated(), ChronoUnit.MICROS))) {
      return shown.record.fingerprint() == shown.known.fingerprint()
          ? shown.quiet()
          : shown.event(UPDATED);
    }
    Long staleAt = shown.known.staleAt();
    long thisPoll = micros(facts.pollStart());
    if (staleAt != null && staleAt != thisPoll) {
      return shown.event(UPDATED);
    }
    return staleAt != null ? Verdict.UNCHANGED : Verdict.silent(shown.keptButStale(thisPoll));
  }

  /**
   * A second edit within the date's unit was still possible after the last poll had read the
   * record.
   */
  private boolean editable(SourceDate date) {
    return date.end().isAfter(facts.lastPollOrStart().minus(resource.overlap()));
  }

  private boolean byContent() {
    return resource.detectBy() != DetectBy.DATES;
  }

  private boolean justCreated(Shown shown) {
    return shown.updated != null
        && Duration.between(shown.created.start(), shown.updated.start())
                .abs()
                .compareTo(resource.createdCheckTolerance())
            <= 0;
  }

  private boolean old(SourceDate date) {
    if (!date.end().isAfter(facts.startFrom())) {
      return true;
    }
    boolean startInside = date.start().isBefore(facts.startFrom());
    return startInside && !date.fine() && facts.firstComplete();
  }

  private Shown read(SourceRecord record, LedgerRow row) {
    SourceDate updated = date(resource.updated(), record.updated());
    SourceDate created = date(resource.created(), record.created());
    return new Shown(record, row, updated, created, deletion(record));
  }

  private static SourceDate date(DateField field, String text) {
    return field == null || text == null ? null : field.format().parse(text);
  }

  /** Null: not marked; a mark without a date of its own has an empty one. */
  private Deletion deletion(SourceRecord record) {
    String mark = record.deleted();
    if (mark == null) {
      return null;
    }
    if (mark != null && resource.deletes() instanceof Deletes.ByDate byDate) {
      return new Deletion(byDate.date().format().parse(mark));
    }
    return marked(mark) ? new Deletion(null) : null;
  }

  private boolean marked(String mark) {
    return mark != null
        && (resource.deletes() instanceof Deletes.ByDate
            || resource.deletes() instanceof Deletes.ByField field && field.says(mark));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private record Deletion(SourceDate date) {}

  /** A record with its dates read. */
  private final class Shown {
    final SourceRecord record;
    final LedgerRow known;
    final SourceDate updated;
    final SourceDate created;
    final Deletion deletion;

    Shown(
        SourceRecord record,
        LedgerRow known,
        SourceDate updated,
        SourceDate created,
        Deletion deletion) {
      this.record = record;
      this.known = known;
      this.updated = updated;
      this.created = created;
      this.deletion = deletion;
    }

    boolean newer() {
      return updated != null
          && known.updated() != null
          && micros(updated.start()) > known.updated();
    }

    SourceDate deciding() {
      return updated != null && resource.filterByUpdatedDate() ? updated : created;
    }

    SourceDate deletionDate() {
      return deletion != null && deletion.date != null ? deletion.date : deciding();
    }

    Verdict event(EventType type) {
      State state = type == DELETED ? State.DELETED : State.LIVE;
      return new Verdict(type, at(type), row(1, state));
    }

    private Instant at(EventType type) {
      SourceDate date = type == DELETED ? deletionDate() : deciding();
      return date == null ? facts.pollStart() : date.start();
    }

    LedgerRow row(int events) {
      return row(events, State.LIVE);
    }

    LedgerRow row(int events, State state) {
      long sequence = (known == null ? 0 : known.sequence()) + events;
      String kept =
          resource.keepRecords() ? new String(record.json(), StandardCharsets.UTF_8) : null;
      return new LedgerRow(
          known == null ? null : known.key(),
          record.id(),
          start(updated),
          start(created),
          record.fingerprint(),
          sequence,
          state,
          0,
          null,
          kept,
          null,
          known == null ? null : known.notification());
    }

    /** No event; the row is written only where it says something else now. */
    Verdict quiet() {
      boolean same =
          known.fingerprint() == record.fingerprint()
              && known.missing() == 0
              && known.staleAt() == null
              && known.toldAt() == null
              && keptAsAsked(known);
      return same ? Verdict.UNCHANGED : Verdict.silent(row(0));
    }

    LedgerRow keptButStale(long poll) {
      return new LedgerRow(
          known.key(),
          known.id(),
          known.updated(),
          known.created(),
          known.fingerprint(),
          known.sequence(),
          known.state(),
          0,
          poll,
          known.record(),
          known.toldAt(),
          known.notification());
    }

    private Long start(SourceDate date) {
      return date == null ? null : micros(date.start());
    }
  }
}
