package dev.watchpost.outbox;

import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import dev.watchpost.store.SequenceBlock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Events not yet accepted by their callback. An event is entered once, at the commit of the page it
 * was read on; it leaves only by being delivered, or as a dead letter. Every method but {@link
 * #append} is one transaction. Thread-safe, and safe beside other processes on one database.
 */
public final class Outbox {
  /** A claim lapses after this: longer than connecting and waiting for an answer may take. */
  static final Duration LEASE = Duration.ofSeconds(60);

  /** A condition: a notification of a resource is pending once more. For a query of one number. */
  public static final String REOPENED =
      "exists (select 1 from notification_reopened where resource_id = ?)";

  /** Notifications one call redelivers at most. */
  private static final int REDELIVERIES = 10_000;

  /** Notifications a second while many are redelivered. */
  private static final int REDELIVERY_RATE = 10;

  /** Notifications one transaction redelivers at most. */
  private static final int REDELIVERY_CHUNK = 500;

  private static final int PURGE_CHUNK = 1000;

  private final Database database;
  private final Clock clock;
  private final Duration lease;
  private final SequenceBlock ids;
  private final Claiming claiming;
  private final Settling settling;
  private final Endpoints endpoints;
  private final List<Consumer<List<NewEvent>>> listeners = new CopyOnWriteArrayList<>();

  /** Claims last 60 s. */
  public Outbox(Database database, Clock clock) {
    this(database, clock, LEASE);
  }

  /**
   * @param lease how long a claim lasts: longer than one delivery may take
   */
  public Outbox(Database database, Clock clock, Duration lease) {
    this.database = database;
    this.clock = clock;
    this.lease = lease;
    this.ids = new SequenceBlock(database.dialect(), "notification_id");
    this.claiming = new Claiming(database.dialect());
    this.settling = new Settling(database);
    this.endpoints = new Endpoints(database.dialect());
  }

  /** Is told of events once the transaction that enters them is committed. */
  public void addListener(Consumer<List<NewEvent>> listener) {
    listeners.add(listener);
  }

  /**
   * Keeps everybody else from appending and settling events of the resource until the commit.
   *
   * @return false where the resource is gone
   */
  public boolean lock(Handle handle, long resourceId) {
    return ObjectOrder.lock(handle, resourceId);
  }

  /** As {@link #append(Handle, Feed, Instant, List, boolean)}, whatever was redelivered. */
  public Map<String, Long> append(Handle handle, Feed feed, Instant pollAt, List<NewEvent> events) {
    return append(handle, feed, pollAt, events, true);
  }

  /**
   * Enters the events of one page, in the transaction that also moves the ledger: three statements,
   * however many events, and two where none of them has to wait for an earlier one. Whoever calls
   * holds the {@link #lock} of the resource's row, by that or by having written it.
   *
   * @param events in their order; those of one object by rising sequence
   * @param reopened a notification of the resource may be pending once more, see {@link #REOPENED};
   *     false only where none is at the resource's {@code told_version}
   * @return object id to the number of the notification that carries its last event: to be kept for
   *     its next one, see {@link NewEvent#after}
   * @throws org.jdbi.v3.core.JdbiException where the same were entered before
   */
  public Map<String, Long> append(
      Handle handle, Feed feed, Instant pollAt, List<NewEvent> events, boolean reopened) {
    if (events.isEmpty()) {
      return Map.of();
    }
    Appending appending = new Appending(feed, pollAt, reopened);
    for (List<NewEvent> members : Batches.of(events, feed.batchSize())) {
      appending.add(ids.next(handle), members);
    }
    appending.insert(handle, database.dialect(), clock.instant());
    database.tells(handle);
    handle.afterCommit(() -> listeners.forEach(listener -> listener.accept(events)));
    return appending.carriers();
  }

  /**
   * Takes notifications that are due, of instances that are delivered to, none of which holds an
   * event whose object has an earlier one pending.
   *
   * @param limit at most so many, at least 1
   * @param roomOf instance id -> how many of its notifications may be taken now; 0: none
   * @return by id, each to be {@link #settle settled} before its claim lapses
   */
  public List<Claimed> claim(int limit, LongToIntFunction roomOf) {
    Instant now = clock.instant();
    List<Claimed> claimed =
        database.deferred(handle -> claiming.claim(handle, now, now.plus(lease), limit, roomOf));
    if (!claimed.isEmpty()) {
      // an event that others have seen must not be undone: its id would come with other content
      database.flushTold();
    }
    return claimed;
  }

  /**
   * Makes due at once what a process that died was sending. Only while nobody else sends: whoever
   * still holds a claim could not settle it any more.
   *
   * @return how many notifications
   */
  public int releaseClaims() {
    return database.transaction(handle -> Claiming.release(handle, clock.instant()));
  }

  /** Makes due again what was claimed and is not sent after all; no try is counted. */
  public void release(List<Claimed> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    database.deferred(
        handle -> {
          Claiming.release(handle, claimed, clock.instant());
          return null;
        });
  }

  /**
   * Writes down an attempt and what becomes of the notification. A crash within half a second may
   * undo it on H2: it is sent once more, then.
   *
   * @return false where the claim is no longer the latest: nothing is written
   */
  public boolean settle(Settlement settlement) {
    return settle(List.of(settlement)).get(0);
  }

  /** As {@link #settle(Settlement)} for each of several notifications, in one transaction. */
  public List<Boolean> settle(List<Settlement> settlements) {
    return database.deferred(handle -> settling.settle(handle, settlements, clock.instant()));
  }

  /** Newest polls first, without their deliveries. */
  public List<StoredEvent> events(EventFilter filter, int limit, int offset) {
    return database.read(handle -> EventQueries.events(handle, filter, limit, offset));
  }

  /** How many events match. */
  public long count(EventFilter filter) {
    return database.read(handle -> EventQueries.count(handle, filter));
  }

  /** One event with its deliveries. Looks through all that the instance's notifications carry. */
  public Optional<StoredEvent> event(long instanceId, String eventId) {
    return database.read(handle -> EventQueries.event(handle, instanceId, eventId));
  }

  /** One event of any instance with its deliveries. */
  public Optional<StoredEvent> event(String eventId) {
    return database.read(handle -> EventQueries.event(handle, null, eventId));
  }

  /**
   * Sends the notification that carries the event once more, under the same ids, its retry schedule
   * begun anew. Pending: it is tried at once. The other events it carries are repeated with it.
   *
   * @return false where there is no such event
   */
  public boolean redeliver(String eventId) {
    return database.transaction(
        handle -> {
          Optional<StoredEvent> event = EventQueries.event(handle, null, eventId);
          event.ifPresent(e -> redeliver(handle, e));
          return event.isPresent();
        });
  }

  private void redeliver(Handle handle, StoredEvent event) {
    Redelivery.Due now = new Redelivery.Due(event.notificationId(), clock.instant());
    Redelivery.redeliver(handle, List.of(now));
  }

  /**
   * Sends all that match and are delivered or dead once more, oldest first, 10 notifications a
   * second and 10,000 at most.
   *
   * @return how many notifications
   */
  public int redeliver(EventFilter filter) {
    List<Long> settled =
        database.read(handle -> EventQueries.settled(handle, filter, REDELIVERIES));
    Instant now = clock.instant();
    List<Redelivery.Due> notifications = new ArrayList<>();
    for (long notification : settled) {
      Instant at = now.plusSeconds(notifications.size() / REDELIVERY_RATE);
      notifications.add(new Redelivery.Due(notification, at));
    }
    for (int from = 0; from < notifications.size(); from += REDELIVERY_CHUNK) {
      int to = Math.min(from + REDELIVERY_CHUNK, notifications.size());
      List<Redelivery.Due> chunk = notifications.subList(from, to);
      database.write(handle -> Redelivery.redeliver(handle, chunk));
    }
    return notifications.size();
  }

  /** Events of an instance that are pending. */
  public long undelivered(long instanceId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select coalesce(sum(created + updated + deleted), 0) from notification"
                        + " where instance_id = ? and state = 'PENDING'")
                .bind(0, instanceId)
                .mapTo(Long.class)
                .one());
  }

  /**
   * Deletes what was delivered or given up longer than {@code retention} ago, in chunks of 1000
   * notifications, each a transaction. Never what is pending.
   *
   * @return how many notifications
   */
  public int purge(Duration retention) {
    Instant before = clock.instant().minus(retention);
    int purged = 0;
    int chunk;
    do {
      chunk = database.transaction(handle -> purgeChunk(handle, before));
      purged += chunk;
    } while (chunk == PURGE_CHUNK);
    return purged;
  }

  private static int purgeChunk(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            delete from notification where state <> 'PENDING' and id in (
              select n.id from instance i
              join notification n on n.instance_id = i.id and n.poll_at < :before
              where n.settled_at < :before and n.state <> 'PENDING' limit :limit)
            """)
        .bind("before", Columns.time(before))
        .bind("limit", PURGE_CHUNK)
        .execute();
  }

  /** Sends nothing to an instance's callback before {@code until}. */
  public void slowDown(long instanceId, Instant until, String reason) {
    database.write(handle -> endpoints.slowDown(handle, instanceId, until, reason));
  }

  /** Sends nothing to an instance's callback until {@link #enableDelivery}. */
  public void disableDelivery(long instanceId, String reason) {
    database.write(handle -> endpoints.disable(handle, instanceId, reason));
  }

  /** Forgets that an instance's callback was gone or slow: what waits goes on. */
  public void enableDelivery(long instanceId) {
    database.write(handle -> endpoints.enable(handle, instanceId));
  }

  /** Empty where an instance's callback is neither gone nor slowed. */
  public Optional<EndpointState> endpoint(long instanceId) {
    return database.read(handle -> endpoints.state(handle, instanceId));
  }
}
