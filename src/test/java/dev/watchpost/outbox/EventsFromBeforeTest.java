package dev.watchpost.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.store.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database whose events are rows of their own, as they were before they were packed. */
class EventsFromBeforeTest {
  private static final String[] ROWS = {
    """
    insert into instance (id, token, token_hash, element_key, name, tags, configuration,
      provider_data, disabled, delivering, created_at)
    values (795, 't', 'h', 'rest', 'an instance', '[]', '', '', false, true, current_timestamp)
    """,
    "insert into resource (id, instance_id, name) values (7, 795, 'customers')",
    ledger("x", 3),
    ledger("y", 1),
    notification(1, "DELIVERED", 1, false),
    notification(2, "PENDING", 2, false),
    notification(3, "PENDING", 1, true),
    event("evt_00000000000000000000000000000001", 1, 0, "x", 1, "CREATED", false),
    event("evt_00000000000000000000000000000002", 2, 0, "x", 2, "UPDATED", true),
    event("evt_00000000000000000000000000000003", 2, 1, "y", 1, "CREATED", true),
    event("evt_00000000000000000000000000000004", 3, 0, "x", 3, "DELETED", true)
  };

  private static String ledger(String id, int sequence) {
    return """
        insert into ledger (resource_id, record_id, fingerprint, sequence, state, missing)
        values (7, '%s', 0, %d, 'LIVE', 0)
        """
        .formatted(id, sequence);
  }

  private static String notification(int id, String state, int events, boolean blocked) {
    return """
        insert into notification (id, message_id, instance_id, resource_id, object_type, poll_at,
          created_at, state, events, blocked, attempts, tries, due_at, claim, claimed)
        values (%1$d, 'msg_%1$d', 795, 7, 'customers', timestamp with time zone '2018-08-20 15:29:34Z',
          current_timestamp, '%2$s', %3$d, %4$s, 0, 0,
          timestamp with time zone '2018-08-20 15:29:34Z', 0, false)
        """
        .formatted(id, state, events, blocked);
  }

  private static String event(
      String id,
      int notification,
      int position,
      String object,
      int sequence,
      String type,
      boolean pending) {
    return """
        insert into event (event_id, notification_id, position, instance_id, resource_id, object_type,
          object_id, sequence, event_type, event_at, poll_at, pending, raw, before_raw)
        values ('%s', %d, %d, 795, 7, 'customers', '%s', %d, '%s',
          timestamp with time zone '2018-08-20 15:29:06.123456Z',
          timestamp with time zone '2018-08-20 15:29:34Z', %s, '{"name":"ä"}', null)
        """
        .formatted(id, notification, position, object, sequence, type, pending);
  }

  @ParameterizedTest
  @EnumSource
  void is_delivered_and_listed_as_it_would_have_been(TestDatabase databases) throws Exception {
    String url = databases.freshUrl();
    fill(url, databases);
    try (Database database = Database.open(url, null, null)) {
      Outbox outbox = new Outbox(database, new SettableClock(OutboxTables.NOW));

      List<Claimed> claimed = outbox.claim(10, id -> 10);

      assertThat(claimed).extracting(Claimed::id).containsExactly(2L);
      OutboxEvent first = claimed.get(0).events().get(0);
      assertThat(first)
          .isEqualTo(
              new OutboxEvent(
                  "evt_00000000000000000000000000000002",
                  EventType.UPDATED,
                  "x",
                  2,
                  java.time.Instant.parse("2018-08-20T15:29:06.123456Z"),
                  OutboxTables.POLL,
                  "{\"name\":\"ä\"}",
                  null,
                  null));
      Attempt accepted =
          new Attempt(1, OutboxTables.NOW, java.time.Duration.ZERO, 200, "accepted", null);
      outbox.settle(new Settlement(claimed.get(0), accepted, new Settlement.Delivered()));
      assertThat(outbox.claim(10, id -> 10)).extracting(Claimed::id).containsExactly(3L);
      assertThat(outbox.count(EventFilter.of(795L))).isEqualTo(4);
      assertThat(outbox.event("evt_00000000000000000000000000000001"))
          .hasValueSatisfying(e -> assertThat(e.status()).isEqualTo(EventStatus.DELIVERED));
      assertThat(
              database.<List<Long>>read(
                  handle ->
                      handle
                          .createQuery(
                              "select s.notification_id from ledger l"
                                  + " join ledger_state s on s.id = l.id order by l.record_id")
                          .mapTo(Long.class)
                          .list()))
          .containsExactly(3L, 2L);
    }
  }

  private static void fill(String url, TestDatabase databases) throws SQLException {
    String folder = databases == TestDatabase.H2 ? "h2" : "postgresql";
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration/" + folder)
        .table("watchpost_schema")
        .target("6")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String row : ROWS) {
        statement.execute(row);
      }
    }
  }
}
