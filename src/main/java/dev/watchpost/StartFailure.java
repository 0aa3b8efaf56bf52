package dev.watchpost;

import dev.watchpost.store.KeyRotation;
import java.net.BindException;
import org.h2.api.ErrorCode;

/** Why the program did not start, as one line for whoever started it. */
final class StartFailure {
  private StartFailure() {}

  static String line(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Settings.InvalidSetting || cause instanceof KeyRotation.MissingKey) {
        return cause.getMessage();
      }
      if (cause instanceof BindException) {
        return "camel.server.port or camel.management.port is in use by another program; set another one in application.properties: "
            + cause.getMessage();
      }
      if (cause instanceof org.h2.jdbc.JdbcException h2
          && h2.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        return "watchpost.database.url: another Watchpost has this database open";
      }
      deepest = cause;
    }
    return deepest.getMessage() == null
        ? deepest.toString()
        : deepest.getMessage().replaceAll("\\s+", " ");
  }
}
