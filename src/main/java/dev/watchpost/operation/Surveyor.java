package dev.watchpost.operation;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.poll.Polls;
import dev.watchpost.resource.Resource;
import dev.watchpost.store.Columns;
import dev.watchpost.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the store every few seconds, in two statements whatever is watched, so that neither a
 * scrape nor a probe of health asks the database. A look that takes long is followed by a pause of
 * 20 times as long. One thread looks, others read {@link #latest}.
 */
final class Surveyor {
  private static final Logger LOG = LoggerFactory.getLogger(Surveyor.class);

  /** Intervals without progress after which a resource is down. */
  private static final int INTERVALS = 3;

  /** Shorter intervals are not told apart: a look comes every few seconds only. */
  private static final Duration SHORTEST = Duration.ofSeconds(15);

  private static final int PAUSE = 20;

  private static final String RESOURCES =
      "select instance_id, name, last_success_at, failures, paused, last_error from resource";
  private static final String OUTBOX =
      """
      select n.state, sum(n.created + n.updated + n.deleted) as events, min(n.created_at) as oldest
      from instance i join notification n on n.instance_id = i.id
      where n.state in ('PENDING', 'DEAD')
      group by n.state
      """;

  private final Database database;
  private final Instances instances;
  private final Polls polls;
  private final Clock clock;
  private final Map<Key, Instant> watchedSince = new HashMap<>();
  private Instant nextLook = Instant.MIN;
  private volatile Survey latest = Survey.NONE;

  private record Key(long instanceId, String resource) {}

  private record Stored(Instant lastSuccess, int failures, boolean paused, String lastError) {
    static final Stored NEVER = new Stored(null, 0, false, null);
  }

  Surveyor(Database database, Instances instances, Polls polls, Clock clock) {
    this.database = database;
    this.instances = instances;
    this.polls = polls;
    this.clock = clock;
  }

  Survey latest() {
    return latest;
  }

  /** Looks, if it is time. */
  void look() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    long began = System.nanoTime();
    survey(now);
    nextLook = now.plusNanos(PAUSE * (System.nanoTime() - began));
  }

  /** Looks, time or not. */
  void survey(Instant now) {
    try {
      latest = new Survey(resources(now), outbox(now), null);
    } catch (RuntimeException e) {
      if (latest.failure() == null) {
        LOG.error("the database cannot be read; it is tried again", e);
      }
      latest = latest.failed(e.getMessage());
    }
  }

  private List<ResourceLook> resources(Instant now) {
    Map<Key, Stored> stored = new HashMap<>();
    database.read(
        handle ->
            handle
                .createQuery(RESOURCES)
                .map((row, context) -> stored.put(key(row), stored(row)))
                .list());
    Map<Key, Resource> watched = watched();
    watchedSince.keySet().retainAll(watched.keySet());
    List<ResourceLook> looks = new ArrayList<>();
    watched.forEach(
        (key, resource) ->
            looks.add(look(key, resource, stored.getOrDefault(key, Stored.NEVER), now)));
    looks.sort(Comparator.comparing(ResourceLook::lag).reversed());
    return List.copyOf(looks);
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getLong("instance_id"), row.getString("name"));
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        Columns.instant(row, "last_success_at"),
        row.getInt("failures"),
        row.getBoolean("paused"),
        row.getString("last_error"));
  }

  private Map<Key, Resource> watched() {
    Map<Key, Resource> watched = new HashMap<>();
    for (Instance instance : instances.active()) {
      for (Resource resource : resources(instance)) {
        watched.put(new Key(instance.id(), resource.name()), resource);
      }
    }
    return watched;
  }

  /** One that cannot work is told elsewhere. */
  private List<Resource> resources(Instance instance) {
    try {
      return instances.resources(instance);
    } catch (InvalidInstance e) {
      return List.of();
    }
  }

  private ResourceLook look(Key key, Resource resource, Stored stored, Instant now) {
    Instant since = watchedSince.computeIfAbsent(key, first -> now);
    Instant success = stored.lastSuccess == null ? since : stored.lastSuccess;
    boolean progresses = stored.failures == 0 && polls.underWay(key.instanceId, key.resource);
    return new ResourceLook(
        key.instanceId,
        key.resource,
        stored.lastSuccess,
        Duration.between(success, now),
        stored.failures,
        stored.paused,
        !progresses && later(success, since).plus(patience(resource)).isBefore(now),
        stored.lastError);
  }

  /** What nobody polled, because nobody ran or it was disabled, is given its time. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration patience(Resource resource) {
    Duration patience = resource.refreshInterval().multipliedBy(INTERVALS);
    return patience.compareTo(SHORTEST) < 0 ? SHORTEST : patience;
  }

  private OutboxLook outbox(Instant now) {
    OutboxLook[] look = {OutboxLook.EMPTY};
    database.read(
        handle ->
            handle
                .createQuery(OUTBOX)
                .map((row, context) -> look[0] = with(look[0], row, now))
                .list());
    return look[0];
  }

  private static OutboxLook with(OutboxLook look, ResultSet row, Instant now) throws SQLException {
    long events = row.getLong("events");
    return row.getString("state").equals("DEAD")
        ? new OutboxLook(look.pending(), events, look.oldest())
        : new OutboxLook(
            events, look.dead(), Duration.between(Columns.instant(row, "oldest"), now));
  }
}
