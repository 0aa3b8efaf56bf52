package dev.watchpost.store;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Columns of a batch as SQL arrays, so that a page of any size is one statement: {@code
 * unnest(cast(? as bigint array), cast(? as varchar array), ..)} on both databases.
 */
public final class Arrays {
  private final Handle handle;

  public Arrays(Handle handle) {
    this.handle = handle;
  }

  /** Column of texts, nulls allowed. */
  public <T> Array texts(Collection<T> rows, Function<T, String> column) {
    return array("varchar", rows.stream().map(column).toArray());
  }

  /** Column of numbers, nulls allowed. */
  public <T> Array numbers(Collection<T> rows, Function<T, Long> column) {
    return array("bigint", rows.stream().map(column).toArray());
  }

  public Array texts(List<String> values) {
    return array("varchar", values.toArray());
  }

  private Array array(String type, Object[] values) {
    try {
      return handle.getConnection().createArrayOf(type, values);
    } catch (SQLException e) {
      throw new IllegalStateException("the database takes no array of " + type, e);
    }
  }
}
