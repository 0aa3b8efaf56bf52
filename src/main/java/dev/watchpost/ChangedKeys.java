package dev.watchpost;

import dev.watchpost.store.KeyRotation;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code watchpost.secrets.key} again, from {@code application.properties} and {@code
 * data/credentials.properties}, while everything runs: a key is replaced without a stop. What
 * cannot be used is told once, and the former keys stay in use.
 */
final class ChangedKeys implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangedKeys.class);

  private final Watchpost watchpost;
  private final Supplier<String> files;
  private String keys;
  private String refused;

  /**
   * @param keys in use
   */
  ChangedKeys(Watchpost watchpost, String keys) {
    this(watchpost, keys, ChangedKeys::written);
  }

  /**
   * @param files what is written now; null: nothing that can be read
   */
  ChangedKeys(Watchpost watchpost, String keys, Supplier<String> files) {
    this.watchpost = watchpost;
    this.keys = keys;
    this.files = files;
  }

  @Override
  public void run() {
    String written = files.get();
    if (written != null && !written.equals(keys) && !written.equals(refused)) {
      use(written);
    }
  }

  /** Null where there are none, or the files are being written. */
  private static String written() {
    try {
      return CredentialsFile.secretsKey(Settings.of(Application.properties(), System.getenv()));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private void use(String written) {
    try {
      watchpost.rotate(written, keys);
      keys = written;
      refused = null;
      LOG.info("the keys of watchpost.secrets.key are used as they are written now");
    } catch (IllegalArgumentException | KeyRotation.MissingKey e) {
      refused = written;
      LOG.warn("the former keys stay in use: {}", e.getMessage());
    }
  }
}
