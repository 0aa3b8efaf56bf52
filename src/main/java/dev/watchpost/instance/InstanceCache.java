package dev.watchpost.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Instances by id, at most {@link #MOST}, the least used go first. Exact: what was read before a
 * change was committed is never kept after it. Thread-safe.
 */
final class InstanceCache {
  private static final int MOST = 10_000;

  private final Map<Long, Instance> instances =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instance> eldest) {
          return size() > MOST;
        }
      };
  private long changes;

  Optional<Instance> get(long id, Supplier<Optional<Instance>> load) {
    long before;
    synchronized (this) {
      Instance known = instances.get(id);
      if (known != null) {
        return Optional.of(known);
      }
      before = changes;
    }
    Optional<Instance> loaded = load.get();
    loaded.ifPresent(instance -> keep(id, instance, before));
    return loaded;
  }

  /** Only where nothing was changed while it was read: it may be the old one else. */
  private synchronized void keep(long id, Instance instance, long before) {
    if (changes == before) {
      instances.put(id, instance);
    }
  }

  /** To be called once a change of it is committed. */
  synchronized void forget(long id) {
    changes++;
    instances.remove(id);
  }
}
