package dev.watchpost.date;

/**
 * Reads the dates of records: a SimpleDateFormat pattern as users write them, {@code milliseconds},
 * {@code seconds}, {@code microseconds}, or empty (ISO 8601 or epoch, detected).
 *
 * <p>Thread-safe. A local time that is ambiguous (clock set back) is the later instant.
 */
public final class SourceDateFormat {

  /**
   * @param pattern as in {@code updatedDateFormat}; null or blank detects ISO 8601 and epoch
   * @param zone as in {@code updatedDateTimezone}: of texts that carry no offset; null or blank is
   *     UTC
   * @throws InvalidDateSetting where pattern or zone cannot work, with a suggestion
   */
  public static SourceDateFormat of(String pattern, String zone) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * @param text the scalar as text, numbers as their digits
   * @throws UnreadableDate where the text is no such date
   */
  public SourceDate parse(String text) {
    throw new UnsupportedOperationException("to come");
  }
}
