package dev.watchpost;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A fresh database of either kind, as a url: H2 in a file, or PostgreSQL, one server for all tests.
 */
public enum TestDatabase {
  H2 {
    @Override
    public String freshUrl() {
      try {
        Path folder = Files.createTempDirectory("watchpost-h2");
        return "jdbc:h2:file:" + folder.resolve("db") + ";DB_CLOSE_ON_EXIT=FALSE";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  POSTGRESQL {
    @Override
    public String freshUrl() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
        connection.createStatement().execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return Server.POSTGRES.getJdbcUrl("postgres", name);
    }
  };

  public abstract String freshUrl();

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
