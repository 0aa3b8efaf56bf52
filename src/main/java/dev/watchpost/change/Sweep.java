package dev.watchpost.change;

import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.poll.PollRun;
import dev.watchpost.poll.SeenIds;
import dev.watchpost.resource.Deletes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The end of a full listing of which every page arrived: what it did not show counts one sweep more
 * as missing, and what enough sweeps in a row did not show is deleted, unless so much is missing
 * that the listing itself is in doubt.
 */
final class Sweep {
  private static final int CHUNK = 1_000;
  private static final int ALWAYS_ALLOWED = 10;

  private final Ledger ledger;
  private final EventWriter events;

  Sweep(Ledger ledger, EventWriter events) {
    this.ledger = ledger;
    this.events = events;
  }

  /**
   * @param deleted events entered
   * @param held deletes held back
   */
  record Result(long deleted, int held) {}

  /** What the sweep of {@code run}, if it was one, says. */
  Result finish(Handle handle, PollRun run, LedgerFence fence) {
    if (!(run.resource().deletes() instanceof Deletes.Sweep settings) || !run.swept()) {
      return new Result(0, run.state().heldDeletes());
    }
    long resourceId = run.state().id();
    if (run.notModified()) {
      if (ledger.missedAgain(handle, resourceId) > 0) {
        fence.take();
      }
    } else {
      countMissed(handle, run, fence);
    }
    if (inDoubt(handle, resourceId, settings)) {
      return new Result(0, (int) ledger.countMissing(handle, resourceId, settings.confirmations()));
    }
    return new Result(deleteMissing(handle, run, settings, fence), 0);
  }

  private void countMissed(Handle handle, PollRun run, LedgerFence fence) {
    long resourceId = run.state().id();
    SeenIds seen = run.seen();
    long start = Detector.micros(run.startedAt());
    List<String> ids = ledger.existing(handle, resourceId, "", CHUNK, start);
    while (!ids.isEmpty()) {
      List<String> missed = ids.stream().filter(id -> !seen.contains(id)).toList();
      if (!missed.isEmpty()) {
        fence.take();
        ledger.missed(handle, resourceId, missed);
        run.ledger().forget(missed);
      }
      ids = ledger.existing(handle, resourceId, ids.get(ids.size() - 1), CHUNK, start);
    }
  }

  private boolean inDoubt(Handle handle, long resourceId, Deletes.Sweep settings) {
    long missing = ledger.countMissing(handle, resourceId, 1);
    if (missing <= ALWAYS_ALLOWED) {
      return false;
    }
    return missing > settings.limit() * ledger.countExisting(handle, resourceId);
  }

  /**
   * Enters the deletes of all that enough sweeps did not show: at the end of a sweep, or released
   * by the operator.
   */
  long deleteMissing(Handle handle, PollRun run, Deletes.Sweep settings, LedgerFence fence) {
    long resourceId = run.state().id();
    long deleted = 0;
    List<LedgerRow> rows = ledger.missing(handle, resourceId, settings.confirmations(), CHUNK);
    while (!rows.isEmpty()) {
      fence.take();
      List<LedgerRow> after = rows.stream().map(LedgerRow::deletedBySweep).toList();
      Map<String, Long> carriers =
          events.append(handle, run, after.stream().map(row -> event(run, row)).toList());
      ledger.save(handle, resourceId, LedgerRow.carried(after, carriers));
      deleted += rows.size();
      rows = ledger.missing(handle, resourceId, settings.confirmations(), CHUNK);
    }
    return deleted;
  }

  private static NewEvent event(PollRun run, LedgerRow row) {
    Instant at = run.startedAt();
    String raw =
        row.record() != null ? row.record() : IdRecord.json(run.resource().idField(), row.id());
    return new NewEvent(
        EventType.DELETED, row.id(), row.sequence(), at, raw, null, null, row.notification());
  }
}
