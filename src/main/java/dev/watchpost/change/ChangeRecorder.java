package dev.watchpost.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchpost.date.UnreadableDate;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.PollCounts;
import dev.watchpost.poll.PollPage;
import dev.watchpost.poll.PollRun;
import dev.watchpost.poll.PollStates;
import dev.watchpost.record.BadRecord;
import dev.watchpost.record.ListingKind;
import dev.watchpost.record.SourceRecord;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.FieldPath;
import dev.watchpost.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The changed-record filter of a poll route: judges a page of records against the ledger and enters
 * what changed. Ledger rows, events and, with the last page, the cursor are one transaction, so
 * that a crash anywhere loses nothing and enters nothing twice.
 */
public final class ChangeRecorder {
  private final Database database;
  private final PollStates states;
  private final Outbox outbox;
  private final Ledger ledger;
  private final Sweep sweep;
  private final Executor threads;
  private final Clock clock;

  /**
   * @param threads which enter pages while the next ones are read
   */
  public ChangeRecorder(
      Database database, PollStates states, Outbox outbox, Executor threads, Clock clock) {
    this.database = database;
    this.states = states;
    this.outbox = outbox;
    this.ledger = new Ledger(database.dialect());
    this.sweep = new Sweep(ledger, this::append);
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Enters a page: a poll's last one before this returns, any other while the next is asked for and
   * read. One after the other, in their order. Of a dry poll, only shows what it would enter.
   *
   * @throws RuntimeException also what the page before has failed with
   */
  public void record(PollPage page, PollRun run) {
    try {
      run.inFlight().await();
      if (run.dry()) {
        DetectionFacts facts = facts(run);
        database.write(handle -> show(judge(handle, page, run, facts), run));
      } else if (!page.batch().asKnown() || page.closing() || page.resume() != null) {
        enter(page, run);
      }
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private void enter(PollPage page, PollRun run) {
    run.ledger().forget(page.batch());
    DetectionFacts facts = facts(run);
    Supplier<Entered> work = () -> judgedAnew(run, handle -> enter(handle, page, run, facts));
    if (page.closing()) {
      entered(run, work.get());
      database.flushTold();
      return;
    }
    run.inFlight()
        .enter(
            () -> {
              Entered entered = work.get();
              return () -> entered(run, entered);
            },
            threads);
  }

  /** Webhooks that write in between are no failure of the poll: it judges by what they wrote. */
  private <T> T judgedAnew(PollRun run, Function<Handle, T> work) {
    while (true) {
      try {
        return database.deferred(work);
      } catch (ToldMeanwhile told) {
        run.ledger().told(told.toldVersion());
      }
    }
  }

  private static void entered(PollRun run, Entered entered) {
    Judged judged = entered.judged;
    run.ledger().committed(entered.ledgerVersion, judged.held());
    askAgain(judged, run);
    run.counts(counts(run, judged, entered.swept));
  }

  private static void askAgain(Judged judged, PollRun run) {
    if (judged.later) {
      run.askAgain();
    }
  }

  private static PollCounts counts(PollRun run, Judged judged, long swept) {
    return run.counts()
        .and(
            judged.count(EventType.CREATED),
            judged.count(EventType.UPDATED),
            judged.count(EventType.DELETED) + swept,
            judged.bad.size());
  }

  /** Enters the deletes that a sweep's limit held back; none where the resource does not sweep. */
  public long release(PollRun run) {
    if (!(run.resource().deletes() instanceof Deletes.Sweep settings)) {
      return 0;
    }
    long released =
        judgedAnew(
            run,
            handle -> {
              long deleted =
                  sweep.deleteMissing(handle, run, settings, new LedgerFence(handle, run, null));
              states.released(handle, run.state().id());
              return deleted;
            });
    database.flush();
    return released;
  }

  /**
   * @param swept deletes that the end of a sweep entered
   * @param ledgerVersion after the commit
   */
  private record Entered(Judged judged, long swept, long ledgerVersion) {}

  private Entered enter(Handle handle, PollPage page, PollRun run, DetectionFacts facts) {
    Judged judged = judge(handle, page, run, facts);
    LedgerFence fence = new LedgerFence(handle, run, page.resume());
    if (judged.news()) {
      fence.take();
      Map<String, Long> carriers =
          outbox.append(handle, feed(run), run.startedAt(), judged.events, judged.reopened);
      ledger.save(handle, run.state().id(), LedgerRow.carried(judged.rows.values(), carriers));
      Quarantine.add(handle, run, judged.bad);
    }
    if (run.state().quarantined() > 0) {
      Quarantine.release(handle, run.state().id(), judged.sound);
    }
    if (page.resume() != null && !fence.taken()) {
      states.resumeAt(handle, run, page.resume(), fence.version());
    }
    long swept = page.closing() ? close(handle, run, judged, fence) : 0;
    return new Entered(judged, swept, fence.version());
  }

  private long close(Handle handle, PollRun run, Judged judged, LedgerFence fence) {
    // before the cursor moves: the answer's ETag is kept with it
    askAgain(judged, run);
    Sweep.Result result = sweep.finish(handle, run, fence);
    PollCounts counts = counts(run, judged, result.deleted());
    states.advance(handle, run, counts, clock.instant(), result.held(), fence.version());
    return result.deleted();
  }

  private Map<String, Long> append(Handle handle, PollRun run, List<NewEvent> events) {
    return outbox.append(handle, feed(run), run.startedAt(), events);
  }

  private static Feed feed(PollRun run) {
    return new Feed(
        run.instance().id(), run.state().id(), run.resource().name(), run.instance().batchSize());
  }

  private static void show(Judged judged, PollRun run) {
    judged.events.forEach(event -> run.show(event.type().name(), event.objectId(), event.date()));
    judged.bad.forEach(run::show);
  }

  private Judged judge(Handle handle, PollPage page, PollRun run, DetectionFacts facts) {
    Judged judged = new Judged(page.kind() == ListingKind.RECORDS);
    page.batch().bad().forEach(judged::add);
    List<SourceRecord> records = page.batch().records();
    if (records.isEmpty()) {
      return judged;
    }
    List<String> ids = records.stream().map(SourceRecord::id).distinct().toList();
    Ledger.Known ledgerRows = ledger.rows(handle, run.state().id(), ids);
    judged.reopened = ledgerRows.reopened();
    Map<String, LedgerRow> known = ledgerRows.rows();
    Detector detector = new Detector(run.resource(), facts);
    for (SourceRecord record : records) {
      LedgerRow row = known.get(record.id());
      try {
        Verdict verdict = verdict(detector, page.kind(), record, row);
        judged.judged(record, verdict.row() == null ? row : verdict.row());
        judged.later |= verdict == Verdict.LATER;
        if (verdict.row() != null) {
          known.put(record.id(), verdict.row());
          judged.rows.put(record.id(), verdict.row());
        }
        if (verdict.event() != null) {
          judged.events.add(event(verdict, record, row, run.resource().ignoreFields()));
        }
      } catch (UnreadableDate e) {
        judged.add(BadRecord.of(record, e.getMessage()));
      }
    }
    return judged;
  }

  private static Verdict verdict(
      Detector detector, ListingKind kind, SourceRecord record, LedgerRow row) {
    return switch (kind) {
      case RECORDS -> detector.judge(record, row, false);
      case DELETED -> detector.judge(record, row, true);
      case EXISTING -> detector.judgeListed(record, row);
    };
  }

  static NewEvent event(
      Verdict verdict, SourceRecord record, LedgerRow row, List<FieldPath> ignoreFields) {
    String raw = new String(record.json(), UTF_8);
    boolean kept = verdict.event() == EventType.UPDATED && row != null && row.record() != null;
    String before = kept ? row.record() : null;
    String changed = kept ? ChangedFields.between(before, raw, ignoreFields) : null;
    return new NewEvent(
        verdict.event(),
        record.id(),
        verdict.row().sequence(),
        verdict.date(),
        raw,
        before,
        changed,
        row == null ? null : row.notification());
  }

  private static DetectionFacts facts(PollRun run) {
    return new DetectionFacts(
        run.startFrom(),
        run.fromBeginning(),
        run.state().cursor(),
        run.begunAt(),
        run.state().rebaseline());
  }
}
