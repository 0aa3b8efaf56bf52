package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code npm ci --prefix src/test/js} installs. */
public final class NodeModules {
  private static final Path DIRECTORY = Path.of("src/test/js/node_modules").toAbsolutePath();
  private static final String HOW = "run npm ci --prefix src/test/js";

  private NodeModules() {}

  public static Path file(String name) {
    return DIRECTORY.resolve(name);
  }

  /** Skips the calling test where it is not installed; in CI ({@code WATCHPOST_CI}) fails it. */
  public static void require(String name) {
    if ("true".equals(System.getenv("WATCHPOST_CI"))) {
      assertThat(file(name)).as(HOW).exists();
    } else {
      assumeTrue(Files.exists(file(name)), HOW);
    }
  }
}
