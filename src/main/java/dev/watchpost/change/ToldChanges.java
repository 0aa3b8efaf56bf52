package dev.watchpost.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchpost.instance.Instance;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.PollStates;
import dev.watchpost.poll.ResourceState;
import dev.watchpost.record.SourceRecord;
import dev.watchpost.record.ToldRecord;
import dev.watchpost.resource.Resource;
import dev.watchpost.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Enters the changes that a webhook tells, in the ledger and outbox that polls of the same resource
 * use: a record that was told is known to them, its sequence goes on. A webhook is one transaction.
 * The rows of its resources are locked in it, so that webhooks and polls enter one after the other.
 */
public final class ToldChanges {
  private final Database database;
  private final PollStates states;
  private final Outbox outbox;
  private final Ledger ledger;
  private final Clock clock;

  public ToldChanges(Database database, PollStates states, Outbox outbox, Clock clock) {
    this.database = database;
    this.states = states;
    this.outbox = outbox;
    this.ledger = new Ledger(database.dialect());
    this.clock = clock;
  }

  /** The events of one resource, in order. */
  private record Told(Resource resource, ResourceState state, List<Shown> events) {}

  private record Shown(ToldEvent event, SourceRecord record) {}

  /**
   * Enters a webhook's events, once.
   *
   * @param deliveryId what is the same where it is sent again; null: nothing is
   * @param resourceOf objectType to the resource it is read as
   * @throws dev.watchpost.date.UnreadableDate where a record's date is none; nothing is entered
   * @throws dev.watchpost.record.UnusableAnswer where a record is none; likewise
   */
  public ToldReceipt enter(
      Instance instance,
      String deliveryId,
      List<ToldEvent> events,
      Function<String, Resource> resourceOf) {
    Instant now = clock.instant();
    List<Told> told = told(instance, events, resourceOf, now);
    return told.isEmpty()
        ? ToldReceipt.none()
        : database.transaction(handle -> enter(handle, instance, deliveryId, told, now));
  }

  /** By the number of the resource, in which order they are locked. */
  private List<Told> told(
      Instance instance,
      List<ToldEvent> events,
      Function<String, Resource> resourceOf,
      Instant now) {
    Map<String, Told> told = new LinkedHashMap<>();
    for (ToldEvent event : events) {
      Told of =
          told.computeIfAbsent(
              event.objectType(),
              type -> {
                Resource resource = resourceOf.apply(type);
                ResourceState state = states.watch(instance.id(), resource, now);
                return new Told(resource, state, new ArrayList<>());
              });
      of.events.add(new Shown(event, record(of.resource, event)));
    }
    return told.values().stream().sorted(Comparator.comparing((Told of) -> of.state.id())).toList();
  }

  private static SourceRecord record(Resource resource, ToldEvent event) {
    byte[] json =
        event.record() == null
            ? IdRecord.json(resource.idField(), event.objectId()).getBytes(UTF_8)
            : event.record();
    return ToldRecord.read(resource, event.objectId(), json);
  }

  private ToldReceipt enter(
      Handle handle, Instance instance, String deliveryId, List<Told> told, Instant now) {
    told.forEach(of -> lock(handle, instance, of.state.id()));
    if (deliveryId != null && !WebhookDeliveries.first(handle, instance.id(), deliveryId, now)) {
      return ToldReceipt.ofRepeated(told.stream().mapToInt(of -> of.events.size()).sum());
    }
    ToldReceipt receipt = ToldReceipt.none();
    for (Told of : told) {
      receipt = enter(handle, instance, of, now, receipt);
    }
    return receipt;
  }

  private void lock(Handle handle, Instance instance, long resourceId) {
    if (!outbox.lock(handle, resourceId)) {
      throw new NoSuchElementException("no instance " + instance.id());
    }
  }

  private ToldReceipt enter(
      Handle handle, Instance instance, Told told, Instant now, ToldReceipt before) {
    List<String> ids = told.events.stream().map(e -> e.record.id()).distinct().toList();
    Map<String, LedgerRow> known = ledger.rows(handle, told.state.id(), ids).rows();
    Map<String, LedgerRow> rows = new LinkedHashMap<>();
    List<NewEvent> entered = new ArrayList<>();
    ToldDetector detector = new ToldDetector(told.resource, now);
    ToldReceipt receipt = before;
    for (Shown shown : told.events) {
      LedgerRow row = known.get(shown.record.id());
      Verdict verdict = detector.judge(shown.event, shown.record, row);
      receipt = receipt.with(verdict.event());
      if (verdict.event() != null) {
        entered.add(event(told.resource, shown, verdict, row));
        known.put(shown.record.id(), verdict.row());
        rows.put(shown.record.id(), verdict.row());
      }
    }
    if (!entered.isEmpty()) {
      raiseVersion(handle, told.state.id());
      Map<String, Long> carriers = outbox.append(handle, feed(instance, told), now, entered);
      ledger.save(handle, told.state.id(), LedgerRow.carried(rows.values(), carriers));
    }
    return receipt;
  }

  /** Of a DELETED one the last record known, where the webhook does not show it. */
  private static NewEvent event(Resource resource, Shown shown, Verdict verdict, LedgerRow row) {
    NewEvent event = ChangeRecorder.event(verdict, shown.record, row, resource.ignoreFields());
    boolean lastKnown = shown.event.record() == null && row != null && row.record() != null;
    return lastKnown ? event.withRaw(row.record()) : event;
  }

  /** The next poll is not answered 304: what it shows may be another thing than was told. */
  private static void raiseVersion(Handle handle, long resourceId) {
    handle.execute(
        "update resource set told_version = told_version + 1, validated_url = null where id = ?",
        resourceId);
  }

  private static Feed feed(Instance instance, Told told) {
    return new Feed(instance.id(), told.state.id(), told.resource.name(), instance.batchSize());
  }

  /** Forgets the names of webhooks received before: one sent again after that is judged anew. */
  public void purge(Instant before) {
    database.write(handle -> WebhookDeliveries.purge(handle, before));
  }
}
