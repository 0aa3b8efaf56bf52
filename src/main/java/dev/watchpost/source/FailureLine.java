package dev.watchpost.source;

import dev.watchpost.network.AddressRefused;
import dev.watchpost.oauth.OAuthFailure;
import dev.watchpost.record.UnusableAnswer;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any failure of a poll as one line for the user; what is nobody's fault but ours goes to the log
 * whole.
 */
public final class FailureLine {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLine.class);

  private FailureLine() {}

  public static String of(Throwable failure) {
    return of(failure, none -> false);
  }

  /**
   * @param told further failures whose own message says it
   */
  public static String of(Throwable failure, Predicate<Throwable> told) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String line = told.test(cause) ? cause.getMessage() : known(cause);
      if (line != null) {
        return line.replaceAll("\\s+", " ");
      }
    }
    LOG.error("a poll failed by our own fault", failure);
    return "internal error, see the log: " + failure.getClass().getSimpleName();
  }

  private static String known(Throwable cause) {
    if (cause instanceof UnusableAnswer
        || cause instanceof OAuthFailure
        || cause instanceof AddressRefused) {
      return cause.getMessage();
    }
    if (cause instanceof SocketTimeoutException) {
      return "the source did not answer in time: " + cause.getMessage();
    }
    if (cause instanceof UnknownHostException) {
      return "the source's host name is unknown: " + cause.getMessage();
    }
    if (cause instanceof ConnectException || cause instanceof SSLException) {
      return "no connection to the source: " + cause.getMessage();
    }
    boolean io = cause instanceof java.io.IOException && !(cause instanceof UncheckedIOException);
    return io ? "the source's answer broke off: " + cause.getMessage() : null;
  }
}
