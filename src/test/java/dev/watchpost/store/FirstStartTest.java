package dev.watchpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies while it makes its database. */
class FirstStartTest {
  @TempDir Path directory;

  /** H2 is told to write every millisecond: each file it leaves meanwhile is one of a crash. */
  @Test
  void file_that_a_dying_first_start_leaves_can_be_opened() throws Exception {
    Path file = directory.resolve("first.mv.db");
    try (Connection connection = DriverManager.getConnection(url("first"))) {
      connection.createStatement().execute("set write_delay 1");
    }
    CompletableFuture<Database> opening = CompletableFuture.supplyAsync(() -> open("first"));
    Map<FileTime, byte[]> left = new LinkedHashMap<>();
    while (!opening.isDone()) {
      if (Files.exists(file)) {
        FileTime before = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        if (before.equals(Files.getLastModifiedTime(file))) {
          left.put(before, content);
        }
      }
    }
    left.put(FileTime.fromMillis(0), Files.readAllBytes(file));
    opening.join().close();

    int copy = 0;
    for (byte[] content : left.values()) {
      String name = "left" + copy++;
      Files.write(directory.resolve(name + ".mv.db"), content);
      try (Database opened = open(name)) {
        assertThat(opened.<Integer>read(FirstStartTest::instances)).as(name).isZero();
      }
    }
  }

  private static int instances(Handle handle) {
    return handle.createQuery("select count(*) from instance").mapTo(Integer.class).one();
  }

  private Database open(String name) {
    return Database.open(url(name), null, null);
  }

  private String url(String name) {
    return "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE".formatted(directory.resolve(name));
  }
}
