package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Chromium as Debian installs it, without a window. */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String MISSING = "install chromium: apt-get install chromium";
  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the calling test where it is not installed; in CI ({@code WATCHPOST_CI}) fails it. */
  public static Chromium start() {
    if ("true".equals(System.getenv("WATCHPOST_CI"))) {
      assertThat(PROGRAM).as(MISSING).exists();
    } else {
      assumeTrue(Files.exists(PROGRAM), MISSING);
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    // root has no sandbox, a container little shared memory
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
  }

  /** A browser of someone who has not been here yet, that wide, with these colours. */
  public BrowserContext visitor(int width, ColorScheme colours) {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(colours));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
