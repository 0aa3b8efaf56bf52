package dev.watchpost.instance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The instances that poll and are delivered to, asked for every few seconds: only those that have
 * changed since are read and unsealed. Thread-safe.
 */
final class ActiveInstances {
  private static final int AT_ONCE = 1_000;

  private final RowMapper<Instance> mapper;
  private Map<Long, Versioned> known = Map.of();

  private record Versioned(long id, long version, Instance instance) {}

  ActiveInstances(RowMapper<Instance> mapper) {
    this.mapper = mapper;
  }

  /** By id. */
  synchronized List<Instance> list(Handle handle) {
    List<Versioned> now =
        handle
            .createQuery("select id, version from instance where delivering order by id")
            .map((row, context) -> new Versioned(row.getLong(1), row.getLong(2), null))
            .list();
    Map<Long, Versioned> read = new HashMap<>();
    List<Long> changed = new ArrayList<>();
    for (Versioned row : now) {
      Versioned same = known.get(row.id);
      if (same != null && same.version == row.version) {
        read.put(row.id, same);
      } else {
        changed.add(row.id);
      }
    }
    for (int i = 0; i < changed.size(); i += AT_ONCE) {
      read(handle, changed.subList(i, Math.min(changed.size(), i + AT_ONCE)), read);
    }
    known = read;
    return now.stream()
        .map(row -> read.get(row.id))
        .filter(Objects::nonNull)
        .map(Versioned::instance)
        .filter(Instance::active)
        .toList();
  }

  private void read(Handle handle, List<Long> ids, Map<Long, Versioned> into) {
    handle
        .createQuery("select * from instance where id in (<ids>)")
        .bindList("ids", ids)
        .map(
            (row, context) ->
                new Versioned(row.getLong("id"), row.getLong("version"), mapper.map(row, context)))
        .forEach(row -> into.put(row.id, row));
  }
}
