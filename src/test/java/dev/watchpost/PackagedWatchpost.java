package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is packaged, {@code java -jar target/watchpost/watchpost.jar}: a process of its
 * own in a directory of its own, on free ports. What each life of it prints is kept in a file.
 */
final class PackagedWatchpost implements AutoCloseable {
  private static final Path JAR = Path.of("target", "watchpost", "watchpost.jar").toAbsolutePath();
  private static final String INSTANCE =
      """
      element: rest
      configuration:
        base.url: %s
        event.notification.enabled: true
        event.notification.callback.url: %s
        event.notification.signature.key: key of the test
        event.poller.refresh_interval: %s
        event.poller.configuration:
      """;
  private static final String USER = "user-of-the-test";
  private static final String ORGANIZATION = "organization-of-the-test";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Path directory;
  private final int port = freePort();
  private final int managementPort = freePort();
  private int lives;
  private Process process;

  /**
   * @param directory empty
   * @param properties of {@code application.properties}, beside ports and secrets
   */
  PackagedWatchpost(Path directory, Map<String, String> properties) throws IOException {
    assertThat(JAR).as("made by mvn package").exists();
    this.directory = directory;
    Map<String, String> all = new TreeMap<>(properties);
    all.put("camel.server.port", Integer.toString(port));
    all.put("camel.management.port", Integer.toString(managementPort));
    all.put("watchpost.api.user", USER);
    all.put("watchpost.api.organization", ORGANIZATION);
    all.put("watchpost.network.allow", "127.0.0.0/8");
    StringBuilder text = new StringBuilder();
    all.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    Files.writeString(directory.resolve("application.properties"), text);
    Files.createDirectories(directory.resolve("routes"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /**
   * Drops an instance's file into {@code routes/}: NAME.instance.yaml.
   *
   * @param minutes between its polls
   * @param resources YAML, {@code name: {url: .., idField: ..}}
   */
  void watch(String name, String source, String callback, double minutes, String resources)
      throws IOException {
    Files.writeString(
        directory.resolve("routes").resolve(name + ".instance.yaml"),
        INSTANCE.formatted(source, callback, minutes) + resources.indent(4));
  }

  /** Begins a life; returns at once. */
  void start() throws IOException {
    lives++;
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(lives).toFile())
            .start();
  }

  private Path log(int life) {
    return directory.resolve("life-%d.log".formatted(life));
  }

  /** Lines that the present life has printed and that hold the text. */
  List<String> printed(String text) throws IOException {
    return Files.readAllLines(log(lives)).stream().filter(line -> line.contains(text)).toList();
  }

  /** Lines that match, of all lives. */
  List<String> everPrinted(String regex) throws IOException {
    List<String> found = new ArrayList<>();
    for (int life = 1; life <= lives; life++) {
      for (String line : Files.readAllLines(log(life))) {
        if (line.matches(regex)) {
          found.add("life %d: %s".formatted(life, line));
        }
      }
    }
    return found;
  }

  boolean isReady() throws InterruptedException {
    assertThat(process.isAlive()).as("%s", (Object) log(lives)).isTrue();
    try {
      return managed("/observe/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A GET at the management port. */
  HttpResponse<String> managed(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(managementPort, path));
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** A GET of the REST API. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .header("Authorization", "User %s, Organization %s".formatted(USER, ORGANIZATION))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** As {@code kill -9} does; it may live on for a moment, see {@link #awaitEnd}. */
  void kill() {
    process.destroyForcibly();
  }

  /** As {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /**
   * @return exit code
   */
  int awaitEnd(Duration atMost) throws InterruptedException {
    assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended within %s", atMost)
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
