package dev.watchpost.outbox;

import dev.watchpost.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class H2OutboxTest extends OutboxContract {
  private static Database database;

  @BeforeAll
  static void open(@TempDir Path directory) {
    database = Database.open("jdbc:h2:file:" + directory.resolve("outbox"), "sa", "");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}
