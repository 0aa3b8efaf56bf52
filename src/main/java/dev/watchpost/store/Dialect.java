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

  /** Its type of a few bytes. */
  public String binary() {
    return switch (this) {
      case H2 -> "varbinary";
      case POSTGRESQL -> "bytea";
    };
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
