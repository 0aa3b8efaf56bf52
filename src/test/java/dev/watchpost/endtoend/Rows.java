package dev.watchpost.endtoend;

import dev.watchpost.store.Database;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a database holds, as text. */
final class Rows {
  private static final String TABLES =
      "select table_name from information_schema.tables where lower(table_schema) = 'public'";

  private Rows() {}

  /** Every row of every table. */
  static String all(Database database) {
    return database.read(
        handle ->
            handle.createQuery(TABLES).mapTo(String.class).list().stream()
                .map(table -> table(handle, table))
                .collect(Collectors.joining("\n")));
  }

  private static String table(Handle handle, String table) {
    List<String> rows =
        handle
            .createQuery("select * from \"" + table + "\"")
            .map(
                (row, context) -> {
                  StringBuilder text = new StringBuilder(table);
                  for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    text.append('|').append(row.getString(i));
                  }
                  return text.toString();
                })
            .list();
    return String.join("\n", rows);
  }
}
