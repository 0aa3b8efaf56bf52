package dev.watchpost.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew, with the first key, what another one has sealed: afterwards the others can be taken
 * away. A row that someone writes meanwhile is left as it was written.
 */
public final class KeyRotation {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
  private static final int BATCH = 500;

  private final Database database;
  private final Secrets secrets;

  public KeyRotation(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** A key that stored texts need is not there: one line for whoever started this. */
  public static final class MissingKey extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private MissingKey(SealedColumn column) {
      super(
          ("watchpost.secrets.key: %s.%s holds texts that another key has sealed; write that key"
                  + " there, after the new one and a comma if it was replaced")
              .formatted(column.table(), column.name()));
    }
  }

  private record Sealed(long key, String text) {}

  /**
   * @return how many texts were sealed anew
   * @throws MissingKey where there is a text whose key is not among ours; nothing of its batch is
   *     changed
   */
  public int reseal(List<SealedColumn> columns) {
    int resealed = columns.stream().mapToInt(this::reseal).sum();
    if (resealed > 0) {
      LOG.info(
          "{} stored texts are sealed with the first key of watchpost.secrets.key now; the others"
              + " can be taken away",
          resealed);
    }
    return resealed;
  }

  private int reseal(SealedColumn column) {
    int resealed = 0;
    long after = Long.MIN_VALUE;
    while (true) {
      long from = after;
      List<Sealed> others = database.read(handle -> others(handle, column, from));
      if (others.isEmpty()) {
        return resealed;
      }
      resealed += database.transaction(handle -> reseal(handle, column, others));
      after = others.get(others.size() - 1).key();
    }
  }

  private List<Sealed> others(Handle handle, SealedColumn column, long after) {
    String sql =
        "select %1$s, %2$s from %3$s where %1$s > ? and left(%2$s, %4$d) <> ? order by %1$s"
            + " fetch next %5$d rows only";
    return handle
        .select(
            sql.formatted(column.key(), column.name(), column.table(), Secrets.MARK_LENGTH, BATCH),
            after,
            secrets.mark())
        .map((row, context) -> new Sealed(row.getLong(1), row.getString(2)))
        .list();
  }

  private int reseal(Handle handle, SealedColumn column, List<Sealed> rows) {
    String sql =
        "update %s set %s = ? where %s = ? and %2$s = ?"
            .formatted(column.table(), column.name(), column.key());
    int resealed = 0;
    for (Sealed row : rows) {
      String text = opened(column, row);
      if (text != null) {
        String anew = secrets.seal(text, column.context().apply(row.key()));
        resealed += handle.execute(sql, anew, row.key(), row.text());
      }
    }
    return resealed;
  }

  /** Null: one of our keys has sealed it, and it was changed since. */
  private String opened(SealedColumn column, Sealed row) {
    try {
      return secrets.open(row.text(), column.context().apply(row.key()));
    } catch (IllegalStateException e) {
      if (!secrets.bearsMark(row.text())) {
        throw new MissingKey(column);
      }
      LOG.error("{}.{} of row {} was tampered with", column.table(), column.name(), row.key());
      return null;
    }
  }
}
