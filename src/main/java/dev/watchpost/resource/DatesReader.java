package dev.watchpost.resource;

import dev.watchpost.date.InvalidDateSetting;
import dev.watchpost.date.SourceDateFormat;
import java.util.regex.Pattern;

/**
 * Reads the date fields of a resource: {@code <name>Field}, {@code <name>Format}, {@code
 * <name>Timezone}.
 */
final class DatesReader {
  static final String UPDATED = "updatedDate";
  static final String CREATED = "createdDate";
  private static final Pattern LIKE_CREATED = Pattern.compile("(?i)creat|add|enter|insert|born");
  private static final Pattern LIKE_UPDATED = Pattern.compile("(?i)updat|modif|edit|chang|touch");

  private DatesReader() {}

  /**
   * The updated date. A zone beside {@code datesConfiguration} holds where there is none in it, as
   * in Cloud Elements.
   */
  static DateField updated(Fields resource, Fields dates) {
    return read(dates, UPDATED, dates.text(UPDATED + "Format"), zone(resource, dates, UPDATED));
  }

  /**
   * The created date. Without a format of its own it is detected; where the updated date's format
   * could not be, it is written as that one.
   */
  static DateField created(Fields resource, Fields dates, DateField updated) {
    String format = dates.text(CREATED + "Format");
    String zone = zone(resource, dates, CREATED);
    if (format == null && updated != null && !updated.format().detectable()) {
      if (dates.has(CREATED + "Field")) {
        dates.warn(
            CREATED + "Format", "is missing; it is read as '%s'".formatted(updated.pattern()));
      }
      format = updated.pattern();
    }
    DateField created = read(dates, CREATED, format, zone);
    warnOfOtherZone(dates, updated, created);
    return created;
  }

  private static String zone(Fields resource, Fields dates, String name) {
    String key = name + "Timezone";
    String inside = dates.text(key);
    String beside = resource.text(key);
    if (inside != null && beside != null && !inside.strip().equalsIgnoreCase(beside.strip())) {
      resource.warn(key, "has no effect beside datesConfiguration." + key + "; remove it");
    }
    return inside == null ? beside : inside;
  }

  /**
   * @param name such as {@code deletedDate}
   */
  static DateField read(Fields fields, String name) {
    return read(fields, name, fields.text(name + "Format"), fields.text(name + "Timezone"));
  }

  /** Null where no field is named or the settings cannot work, which is reported. */
  private static DateField read(Fields fields, String name, String format, String zone) {
    FieldPath path = fields.fieldPath(name + "Field");
    if (path == null) {
      if (fields.has(name + "Format") && !fields.has(name + "Field")) {
        fields.warn(
            name + "Format",
            "has no effect without %sField; name the field that holds the date".formatted(name));
      }
      return null;
    }
    return checked(fields, name, path, format, zone);
  }

  private static DateField checked(
      Fields fields, String name, FieldPath path, String format, String zone) {
    try {
      DateField field = DateField.of(path, format, zone);
      field.format().warnings().forEach(warning -> fields.warn(name + "Format", warning));
      return field;
    } catch (InvalidDateSetting e) {
      fields.problem(name + (zoneIsToBlame(zone) ? "Timezone" : "Format"), e.getMessage());
      return null;
    }
  }

  private static boolean zoneIsToBlame(String zone) {
    try {
      SourceDateFormat.of(null, zone);
      return false;
    } catch (InvalidDateSetting e) {
      return true;
    }
  }

  /** Two dates of one record are seldom written in two zones. */
  private static void warnOfOtherZone(Fields dates, DateField updated, DateField created) {
    if (updated == null || created == null || updated.zone().isBlank()) {
      return;
    }
    boolean same = updated.format().inSameZoneAs(created.format());
    if (created.zone().isBlank() && !same && created.format().needsZone()) {
      dates.warn(
          CREATED + "Timezone",
          "is missing, which is UTC, and updatedDateTimezone is '%s'; write it for both"
              .formatted(updated.zone()));
    }
  }

  /** Warns where the updated field is named like a created one and the other way round. */
  static void warnOfSwapped(Fields fields, DateField updated, DateField created) {
    if (updated == null || created == null) {
      return;
    }
    String updatedName = updated.path().text();
    String createdName = created.path().text();
    if (looks(LIKE_CREATED, LIKE_UPDATED, updatedName)
        && looks(LIKE_UPDATED, LIKE_CREATED, createdName)) {
      fields.warn(
          "updatedDateField",
          "found '%s', and createdDateField '%s': they look swapped; exchange them if they are"
              .formatted(updatedName, createdName));
    }
  }

  private static boolean looks(Pattern like, Pattern unlike, String name) {
    return like.matcher(name).find() && !unlike.matcher(name).find();
  }
}
