package dev.watchpost.date;

/**
 * A record's date that its format cannot read. The message names the text and the format, nothing
 * else.
 */
public final class UnreadableDate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableDate(String message) {
    super(message);
  }
}
