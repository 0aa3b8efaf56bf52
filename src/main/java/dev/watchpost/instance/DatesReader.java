package dev.watchpost.instance;

import dev.watchpost.date.InvalidDateSetting;
import java.util.regex.Pattern;

/**
 * Reads the date fields of a resource: {@code <name>Field}, {@code <name>Format}, {@code
 * <name>Timezone}.
 */
final class DatesReader {
  private static final Pattern CREATED = Pattern.compile("(?i)creat|add|enter|insert|born");
  private static final Pattern UPDATED = Pattern.compile("(?i)updat|modif|edit|chang|touch");

  private DatesReader() {}

  /**
   * @param name {@code updatedDate}, {@code createdDate} or {@code deletedDate}
   * @return null where no field is named or the settings cannot work, which is reported
   */
  static DateField read(Fields fields, String name) {
    FieldPath path = fields.fieldPath(name + "Field");
    String format = fields.text(name + "Format");
    String zone = fields.text(name + "Timezone");
    if (path == null) {
      if (format != null && !fields.has(name + "Field")) {
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
      DateField.of(FieldPath.of("any"), null, zone);
      return false;
    } catch (InvalidDateSetting e) {
      return true;
    }
  }

  /** Warns where the updated field is named like a created one and the other way round. */
  static void warnOfSwapped(Fields fields, DateField updated, DateField created) {
    if (updated == null || created == null) {
      return;
    }
    String updatedName = updated.path().text();
    String createdName = created.path().text();
    if (looks(CREATED, UPDATED, updatedName) && looks(UPDATED, CREATED, createdName)) {
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
