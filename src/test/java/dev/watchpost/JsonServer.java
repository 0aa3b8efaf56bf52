package dev.watchpost;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * json-server 0.17.4, a REST API written by others, on a free loopback port. Installed by {@code
 * npm ci --prefix src/test/js}.
 */
public final class JsonServer implements AutoCloseable {

  private static final Path PROGRAM = NodeModules.file("json-server/lib/cli/bin.js");

  private final Path directory;
  private final Process process;
  private final int port;

  private JsonServer(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /** Whether {@code npm ci} has been run. */
  public static boolean available() {
    return Files.exists(PROGRAM);
  }

  /** Skips the calling test where it is not installed; in CI ({@code WATCHPOST_CI}) fails it. */
  public static void require() {
    NodeModules.require("json-server");
  }

  /**
   * @param database the content of db.json: {@code {"customers": [{"id": 1}]}}
   */
  public static JsonServer serving(String database) throws IOException {
    Path directory = Files.createTempDirectory("json-server");
    Files.writeString(directory.resolve("db.json"), database);
    int port = freePort();
    JsonServer server = new JsonServer(directory, launch(directory, port), port);
    try {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::answers);
      return server;
    } catch (RuntimeException e) {
      String output = Files.readString(directory.resolve("output.txt"));
      server.close();
      throw new IllegalStateException("json-server does not answer: " + output, e);
    }
  }

  private static Process launch(Path directory, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                "node", PROGRAM.toString(), "--host", "127.0.0.1", "--port", "" + port, "db.json"))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/db")).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
