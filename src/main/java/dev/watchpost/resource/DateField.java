package dev.watchpost.resource;

import dev.watchpost.date.SourceDateFormat;

/**
 * A date of a record: where it stands and how it is written.
 *
 * @param pattern the format as it was written; empty: detected
 * @param zone the zone as it was written; empty: UTC
 */
public record DateField(FieldPath path, SourceDateFormat format, String pattern, String zone) {

  /**
   * @param pattern null or empty: detected
   * @param zone null or empty: UTC
   * @throws dev.watchpost.date.InvalidDateSetting where pattern or zone cannot work
   */
  public static DateField of(FieldPath path, String pattern, String zone) {
    return new DateField(
        path,
        SourceDateFormat.of(pattern, zone),
        pattern == null ? "" : pattern,
        zone == null ? "" : zone);
  }

  /** What {@link Resource#baseline} says of it. */
  String baseline() {
    return "%s %s %s".formatted(path.text(), Json.write(pattern), Json.write(zone));
  }
}
