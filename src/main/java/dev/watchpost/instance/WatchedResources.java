package dev.watchpost.instance;

import dev.watchpost.element.Element;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What instances poll, read once for each version of an instance and its element. Thread-safe. */
final class WatchedResources {
  private final InstanceCheck check;
  private final Map<Long, Read> read = new ConcurrentHashMap<>();

  /**
   * The resources of an instance as it and its element were.
   *
   * @param problems with this element; the resources are those from before then
   */
  record Read(
      Instance instance, Element element, List<Resource> resources, List<Problem> problems) {
    boolean isOf(Instance other, Element otherElement) {
      return element == otherElement
          && (instance == other || instance.configuration().equals(other.configuration()));
    }
  }

  WatchedResources(InstanceCheck check) {
    this.check = check;
  }

  /**
   * @throws InvalidInstance where nothing is known that worked
   */
  Read of(Instance instance, Element element) {
    Read known = read.get(instance.id());
    if (known != null && known.isOf(instance, element)) {
      return known;
    }
    Report report = new Report();
    List<Resource> resources = check.resources(element, instance.configuration(), report);
    if (known == null || !known.isOf(instance, known.element)) {
      InvalidInstance.refuse(report);
    }
    Read now =
        new Read(
            instance, element, report.broken() ? known.resources : resources, report.problems());
    read.put(instance.id(), now);
    return now;
  }

  void forget(long id) {
    read.remove(id);
  }
}
