package dev.watchpost.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Which pending notifications of a resource carry events of the same objects as some that are
 * reopened. All that are pending are looked at, but only by the hashes of their objects.
 */
final class SharedObjects {
  private final Set<Long> reopened;
  private final Set<Long> sharing = new HashSet<>();

  private SharedObjects(Set<Long> reopened) {
    this.reopened = reopened;
  }

  /** An event of an object, and who carries it. */
  private record Carried(long notification, long sequence) {}

  static SharedObjects of(Handle handle, long resource, Set<Long> reopened) {
    Map<String, List<Long>> carriers = new HashMap<>();
    Set<String> objectsOfReopened = new HashSet<>();
    handle
        .createQuery(
            "select n.id, n.objects from resource r join notification n"
                + " on n.instance_id = r.instance_id and n.state = 'PENDING'"
                + " and n.resource_id = r.id where r.id = ?")
        .bind(0, resource)
        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("objects")))
        .forEach(
            row -> {
              List<String> objects = List.of(row.getValue().split(" "));
              if (reopened.contains(row.getKey())) {
                objectsOfReopened.addAll(objects);
              }
              objects.forEach(
                  object ->
                      carriers.computeIfAbsent(object, o -> new ArrayList<>(1)).add(row.getKey()));
            });
    SharedObjects shared = new SharedObjects(reopened);
    objectsOfReopened.stream()
        .map(carriers::get)
        .filter(notifications -> notifications.size() > 1)
        .forEach(shared.sharing::addAll);
    return shared;
  }

  /** The later ones wait for the earlier ones, where one of the two is reopened. */
  List<ObjectOrder.Wait> waits(Handle handle) {
    Set<ObjectOrder.Wait> waits = new LinkedHashSet<>();
    for (List<Carried> events : byObject(handle).values()) {
      for (Carried later : events) {
        for (Carried earlier : events) {
          boolean one =
              reopened.contains(later.notification) || reopened.contains(earlier.notification);
          if (one && earlier.sequence < later.sequence) {
            waits.add(new ObjectOrder.Wait(later.notification, earlier.notification, true));
          }
        }
      }
    }
    return List.copyOf(waits);
  }

  private Map<String, List<Carried>> byObject(Handle handle) {
    Map<String, List<Carried>> events = new HashMap<>();
    for (Map.Entry<Long, List<OutboxEvent>> notification :
        Rows.events(handle, sharing).entrySet()) {
      for (OutboxEvent event : notification.getValue()) {
        events
            .computeIfAbsent(event.objectId(), object -> new ArrayList<>(1))
            .add(new Carried(notification.getKey(), event.sequence()));
      }
    }
    return events;
  }
}
