package dev.watchpost.record;

/**
 * An answer that cannot be read as records: HTML, truncated, too large, paged in a circle. The
 * message is one line for the user and holds nothing of the records. What was handed out before it
 * stands; the poll fails and its cursor stays.
 */
public class UnusableAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnusableAnswer(String message) {
    super(message);
  }

  public UnusableAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
