package dev.watchpost.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * After V7: the events of a database from before become what a notification carries, packed, and
 * their table goes. The format is that of V7 and stays so, whatever is packed later.
 */
final class PackEventsMigration implements JavaMigration {
  private static final int LONGEST_IN_ROW = 1_000_000;

  private static final String[] BEFORE_THE_TABLE_GOES = {
    """
    insert into notification_wait (resource_id, notification_id, waits_for)
    select distinct e.resource_id, e.notification_id, p.notification_id from event e
    join event p on p.resource_id = e.resource_id and p.object_id = e.object_id
      and p.pending and p.sequence < e.sequence and p.notification_id <> e.notification_id
    where e.pending
    """,
    """
    update ledger set notification_id = (
      select max(e.notification_id) from event e
      where e.resource_id = ledger.resource_id and e.object_id = ledger.record_id
        and e.sequence = ledger.sequence)
    """,
    "drop table event",
    "alter table notification drop column events"
  };

  private static final String EVENTS =
      """
      select notification_id, event_id, resource_id, object_id, sequence, event_type,
        extract(epoch from event_at) as seconds, raw, before_raw, changed_fields
      from event order by notification_id, position
      """;

  private static final String NOTIFICATION =
      """
      update notification set event_ids = ?, objects = ?, created = ?, updated = ?, deleted = ?
      where id = ?
      """;

  private static final String CONTENT =
      "insert into notification_content (notification_id, content, long_content) values (?, ?, ?)";

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("7.1");
  }

  @Override
  public String getDescription() {
    return "pack events";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1000);
      pack(connection, statement);
      for (String sql : BEFORE_THE_TABLE_GOES) {
        statement.execute(sql);
      }
    }
  }

  private static void pack(Connection connection, Statement statement)
      throws SQLException, IOException {
    try (PreparedStatement notification = connection.prepareStatement(NOTIFICATION);
        PreparedStatement content = connection.prepareStatement(CONTENT);
        ResultSet rows = statement.executeQuery(EVENTS)) {
      Carried carried = null;
      while (rows.next()) {
        if (carried == null || carried.notification != rows.getLong("notification_id")) {
          write(carried, notification, content);
          carried = new Carried(rows.getLong("notification_id"));
        }
        carried.add(rows);
      }
      write(carried, notification, content);
    }
  }

  private static void write(
      Carried carried, PreparedStatement notification, PreparedStatement content)
      throws SQLException, IOException {
    if (carried == null) {
      return;
    }
    notification.setString(1, String.join(" ", carried.ids));
    notification.setString(2, String.join(" ", carried.objects));
    for (int type = 0; type < Carried.TYPES.length(); type++) {
      notification.setInt(3 + type, carried.types[type]);
    }
    notification.setLong(6, carried.notification);
    notification.executeUpdate();
    byte[] packed = carried.packed();
    boolean inRow = packed.length <= LONGEST_IN_ROW;
    content.setLong(1, carried.notification);
    content.setBytes(2, inRow ? packed : null);
    content.setBytes(3, inRow ? null : packed);
    content.executeUpdate();
  }

  /** The events of one notification. */
  private static final class Carried {
    static final String TYPES = "CUD";

    final long notification;
    final List<String> ids = new ArrayList<>();
    final List<String> objects = new ArrayList<>();
    final int[] types = new int[TYPES.length()];
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Carried(long notification) {
      this.notification = notification;
    }

    void add(ResultSet row) throws SQLException, IOException {
      ids.add(row.getString("event_id"));
      objects.add(object(row.getLong("resource_id"), row.getString("object_id")));
      char type = row.getString("event_type").charAt(0);
      types[TYPES.indexOf(type)]++;
      out.writeByte(type);
      text(row.getString("object_id"));
      out.writeLong(row.getLong("sequence"));
      out.writeLong(row.getBigDecimal("seconds").movePointRight(6).longValueExact());
      text(row.getString("raw"));
      text(row.getString("before_raw"));
      text(row.getString("changed_fields"));
    }

    private static String object(long resource, String object) {
      return HexFormat.of().toHexDigits(Hashing.xxh3_64().hashCharsToLong(resource + ":" + object));
    }

    private void text(String text) throws IOException {
      byte[] utf8 = text == null ? new byte[0] : text.getBytes(UTF_8);
      out.writeInt(text == null ? -1 : utf8.length);
      out.write(utf8);
    }

    byte[] packed() throws IOException {
      ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.size() + 5);
      DataOutputStream head = new DataOutputStream(whole);
      head.writeByte(1);
      head.writeInt(ids.size());
      bytes.writeTo(head);
      return whole.toByteArray();
    }
  }
}
