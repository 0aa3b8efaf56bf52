package dev.watchpost.outbox;

import dev.watchpost.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresqlOutboxTest extends OutboxContract {
  private static EmbeddedPostgres server;
  private static Database database;

  @BeforeAll
  static void open() throws IOException {
    server = EmbeddedPostgres.start();
    database = Database.open(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    server.close();
  }

  @Override
  Database database() {
    return database;
  }
}
