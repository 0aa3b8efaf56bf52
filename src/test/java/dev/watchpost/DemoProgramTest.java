package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: a JVM of its own, in some directory. */
final class DemoProgramTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private Process program;

  @AfterEach
  void stop() {
    program.destroyForcibly();
  }

  @Test
  void demo_shows_only_its_own_sentences_stops_when_told_and_leaves_nothing_behind()
      throws Exception {
    String ports =
        "camel.server.port = %d%ncamel.management.port = %d%n".formatted(freePort(), freePort());
    Files.writeString(directory.resolve("application.properties"), ports);
    Path output = elsewhere.resolve("output.txt");
    program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.watchpost.Application",
                "demo")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.readString(output).contains("Callback: UPDATED customers"));
    program.destroy();

    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(output);
    assertThat(lines.get(0)).isEqualTo("Watchpost's demo is starting; Ctrl-C ends it.");
    assertThat(lines)
        .allMatch(
            line ->
                line.isEmpty()
                    || line.matches(
                        "(API: |Callback: |Watchpost|The API|Ask|See|Ctrl|  curl |  User  |  Organization  ).*"));
    assertThat(lines).anyMatch(line -> line.matches("Callback: CREATED .*, signature verified .*"));
    try (var left = Files.list(directory)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactly("application.properties");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
