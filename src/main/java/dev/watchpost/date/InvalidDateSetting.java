package dev.watchpost.date;

/**
 * A date format, zone or token that cannot work. The message names the value, what is wrong with it
 * and the fix.
 */
public final class InvalidDateSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 800;

  public InvalidDateSetting(String message) {
    super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...");
  }
}
