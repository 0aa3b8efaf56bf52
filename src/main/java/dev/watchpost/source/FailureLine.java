package dev.watchpost.source;

import dev.watchpost.network.AddressRefused;
import dev.watchpost.oauth.OAuthFailure;
import dev.watchpost.record.UnusableAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any failure of a poll as one line for the user, secrets hidden; what is nobody's fault but ours
 * goes to the log whole, without them.
 */
public final class FailureLine {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLine.class);

  private FailureLine() {}

  /**
   * @param mask hides secrets in a text
   */
  public static String of(Throwable failure, UnaryOperator<String> mask) {
    return of(failure, none -> false, mask);
  }

  /**
   * @param told further failures whose own message says it
   * @param mask hides secrets in a text
   */
  public static String of(
      Throwable failure, Predicate<Throwable> told, UnaryOperator<String> mask) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String line = told.test(cause) ? cause.getMessage() : known(cause);
      if (line != null) {
        return mask.apply(line.replaceAll("\\s+", " "));
      }
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    LOG.error("a poll failed by our own fault: {}", mask.apply(trace.toString()));
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
