package dev.watchpost.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups the events of a page into notifications. */
final class Batches {
  private Batches() {}

  /**
   * Groups of at most {@code size}, at most one event of an object in each; a later event of an
   * object is always in a later group, so that no two groups ever wait for each other.
   */
  static List<List<NewEvent>> of(List<NewEvent> events, int size) {
    List<List<NewEvent>> groups = new ArrayList<>();
    Map<String, Integer> lastOfObject = new HashMap<>();
    int firstOpen = 0;
    for (NewEvent event : events) {
      int place = Math.max(firstOpen, lastOfObject.getOrDefault(event.objectId(), -1) + 1);
      while (place < groups.size() && groups.get(place).size() >= size) {
        place++;
      }
      if (place == groups.size()) {
        groups.add(new ArrayList<>());
      }
      groups.get(place).add(event);
      lastOfObject.put(event.objectId(), place);
      while (firstOpen < groups.size() && groups.get(firstOpen).size() >= size) {
        firstOpen++;
      }
    }
    return groups;
  }
}
