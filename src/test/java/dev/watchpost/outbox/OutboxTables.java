package dev.watchpost.outbox;

import dev.watchpost.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Instances, resources and events as the rest of Watchpost would have stored them. */
public final class OutboxTables {
  public static final Instant POLL = Instant.parse("2018-08-20T15:29:34Z");

  /** A little after that poll. */
  public static final Instant NOW = Instant.parse("2018-08-20T15:30:07Z");

  private final Database database;
  private final Map<String, Long> carriers = new ConcurrentHashMap<>();

  public OutboxTables(Database database) {
    this.database = database;
  }

  public void clear() {
    database.write(handle -> handle.execute("delete from instance"));
  }

  public void instance(long id) {
    database.write(
        handle ->
            handle.execute(
                """
                insert into instance (id, token, token_hash, element_key, name, tags, configuration,
                  provider_data, disabled, delivering, created_at)
                values (?, ?, ?, 'rest', 'an instance', '[]', '', '', false, true, current_timestamp)
                """,
                id,
                "token-" + id,
                "hash-" + id));
  }

  public void setDelivering(long instance, boolean delivering) {
    database.write(
        handle ->
            handle.execute(
                "update instance set delivering = ? where id = ?", delivering, instance));
  }

  public Feed feed(long instance, String resource, int batchSize) {
    return database.transaction(
        handle -> {
          long id =
              handle
                  .createUpdate("insert into resource (instance_id, name) values (?, ?)")
                  .bind(0, instance)
                  .bind(1, resource)
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(Long.class)
                  .one();
          return new Feed(instance, id, resource, batchSize);
        });
  }

  public void append(Outbox outbox, Feed feed, NewEvent... events) {
    database.write(
        handle -> {
          outbox.lock(handle, feed.resourceId());
          append(outbox, handle, feed, List.of(events));
        });
  }

  /** What the ledger keeps between two events of an object is kept here. */
  public void append(Outbox outbox, Handle handle, Feed feed, List<NewEvent> events) {
    List<NewEvent> after =
        events.stream()
            .map(e -> e.after(carriers.get(feed.resourceId() + " " + e.objectId())))
            .toList();
    outbox
        .append(handle, feed, POLL, after)
        .forEach((object, carrier) -> carriers.put(feed.resourceId() + " " + object, carrier));
  }

  public static NewEvent created(String objectId) {
    return event(EventType.CREATED, objectId, 1);
  }

  public static NewEvent updated(String objectId, long sequence) {
    return event(EventType.UPDATED, objectId, sequence);
  }

  private static NewEvent event(EventType type, String objectId, long sequence) {
    return new NewEvent(
        type,
        objectId,
        sequence,
        Instant.parse("2018-08-20T15:29:06Z"),
        "{\"id\":\"%s\",\"version\":%d}".formatted(objectId, sequence),
        null,
        null,
        null);
  }
}
