package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A callback written with libraries of others, standardwebhooks 1.1.1 and cloudevents 8.0.3: {@code
 * src/test/js/receiver.mjs}, on a free loopback port. Installed by {@code npm ci --prefix
 * src/test/js}.
 */
public final class NodeReceiver implements AutoCloseable {
  private static final Path PROGRAM = Path.of("src/test/js/receiver.mjs").toAbsolutePath();

  private final Process process;
  private final String url;

  private NodeReceiver(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Skips the calling test where it is not installed; in CI ({@code WATCHPOST_CI}) fails it. */
  public static void require() {
    NodeModules.require("standardwebhooks");
  }

  /**
   * @param secret {@code whsec_..}: what is not signed with it is answered 401
   */
  public static NodeReceiver verifying(String secret) throws IOException {
    Process process =
        new ProcessBuilder("node", PROGRAM.toString(), secret)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String port =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(port).as("its port").isNotNull();
    return new NodeReceiver(process, "http://127.0.0.1:" + port);
  }

  public String url() {
    return url;
  }

  /** A line for each event; {@code refused: ..} for what it did not take. */
  public List<String> taken() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
