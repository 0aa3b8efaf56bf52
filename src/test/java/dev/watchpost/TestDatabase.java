package dev.watchpost;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A fresh database of either kind, as a url: H2 in a file, or PostgreSQL, one server for all tests.
 */
public enum TestDatabase {
  H2 {
    @Override
    public String freshUrl() {
      try {
        Path folder = Files.createTempDirectory("watchpost-h2");
        return PREFIX + folder.resolve("db") + SETTINGS;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String copyOf(String url) {
      String copy = freshUrl();
      try {
        Files.copy(file(url), file(copy));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return copy;
    }

    @Override
    public void drop(String url) {
      try {
        Path folder = file(url).getParent();
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path file(String url) {
      return Path.of(url.substring(PREFIX.length(), url.length() - SETTINGS.length()) + ".mv.db");
    }
  },
  POSTGRESQL {
    @Override
    public String freshUrl() {
      return create("");
    }

    @Override
    public String copyOf(String url) {
      return create(" template " + name(url));
    }

    @Override
    public void drop(String url) {
      execute("drop database " + name(url) + " with (force)");
    }

    private static String create(String how) {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      execute("create database " + name + how);
      return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    private static String name(String url) {
      return url.substring(url.lastIndexOf('/') + 1).replaceAll("[?].*", "");
    }

    private static void execute(String sql) {
      try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
        connection.createStatement().execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  };

  private static final String PREFIX = "jdbc:h2:file:";
  private static final String SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE";

  public abstract String freshUrl();

  /** All files of an H2 database as they are on disk, a character for each byte. */
  public static String bytes(String h2Url) throws IOException {
    Path folder =
        Path.of(h2Url.substring(PREFIX.length(), h2Url.length() - SETTINGS.length())).getParent();
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  /** A fresh database with all that {@code url} holds; nobody is connected to that one. */
  public abstract String copyOf(String url);

  /** Nobody is connected to it. */
  public abstract void drop(String url);

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
