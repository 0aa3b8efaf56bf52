package dev.watchpost.resource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a template left to be filled in: {@code <INSERT_ID>}, {@code {{name}}}. */
public final class Blanks {
  private static final Pattern BLANK =
      Pattern.compile("<[A-Za-z][A-Za-z0-9_-]{2,}>|<[A-Z][A-Z0-9_ |-]+>|\\{\\{[^{}]+}}|%\\{\\w+}");

  private Blanks() {}

  public static void warn(Report report, String path, String text) {
    Matcher blank = BLANK.matcher(text);
    if (blank.find()) {
      report.warn(
          path, "holds '%s', which looks like a blank to be filled in".formatted(blank.group()));
    }
  }
}
