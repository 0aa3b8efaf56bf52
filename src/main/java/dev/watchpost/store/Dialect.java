package dev.watchpost.store;

/** The two databases Watchpost runs on, and where their SQL differs. */
public enum Dialect {
  H2("h2"),
  POSTGRESQL("postgresql");

  private final String folder;

  Dialect(String folder) {
    this.folder = folder;
  }

  /** Folder of its migrations under {@code db/migration}. */
  String folder() {
    return folder;
  }

  /**
   * @throws IllegalArgumentException where the url is of neither database
   */
  static Dialect of(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:h2:")) {
      return H2;
    }
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new IllegalArgumentException(
        "expected a url that starts with jdbc:h2: or jdbc:postgresql:, found '%s'"
            .formatted(jdbcUrl.replaceAll("[?;].*", "")));
  }
}
