package dev.watchpost;

import dev.watchpost.store.Secrets;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The secrets a first start makes up where no property says them: {@code
 * data/credentials.properties}, readable by its owner alone.
 *
 * @param created true at the first start: time to print them
 */
record CredentialsFile(String user, String organization, String secretsKey, boolean created) {
  private static final Path FILE = Path.of("data", "credentials.properties");
  private static final int SECRET_BYTES = 24;

  /** What the settings say, else what the file says, else new ones, then in the file. */
  static CredentialsFile of(Settings settings) {
    boolean complete =
        settings.apiUser() != null
            && settings.apiOrganization() != null
            && settings.secretsKey() != null;
    if (complete) {
      return new CredentialsFile(
          settings.apiUser(), settings.apiOrganization(), settings.secretsKey(), false);
    }
    try {
      Properties stored = read();
      boolean first = stored.isEmpty();
      if (first) {
        write(stored);
      }
      return new CredentialsFile(
          first(settings.apiUser(), stored.getProperty("watchpost.api.user")),
          first(settings.apiOrganization(), stored.getProperty("watchpost.api.organization")),
          first(settings.secretsKey(), stored.getProperty("watchpost.secrets.key")),
          first);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + ": " + e.getMessage(), e);
    }
  }

  /** The keys as they are written now; null: nowhere. */
  static String secretsKey(Settings settings) throws IOException {
    return first(settings.secretsKey(), read().getProperty("watchpost.secrets.key"));
  }

  private static Properties read() throws IOException {
    Properties stored = new Properties();
    if (Files.exists(FILE)) {
      try (Reader reader = Files.newBufferedReader(FILE)) {
        stored.load(reader);
      }
    }
    return stored;
  }

  private static void write(Properties made) throws IOException {
    made.setProperty("watchpost.api.user", secret());
    made.setProperty("watchpost.api.organization", secret());
    made.setProperty("watchpost.secrets.key", Secrets.newKey());
    Files.createDirectories(FILE.getParent());
    Path draft = FILE.resolveSibling("credentials.new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    StringBuilder text =
        new StringBuilder(
            "# made at the first start; keep it: without it stored secrets do not open\n");
    made.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> text.append(name).append('=').append(made.getProperty(name)).append('\n'));
    Files.writeString(draft, text);
    Files.move(draft, FILE, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static String first(String given, String stored) {
    return given != null ? given : stored;
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
