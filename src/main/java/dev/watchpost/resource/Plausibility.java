package dev.watchpost.resource;

import dev.watchpost.date.TokenTemplate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Warns where each setting of a resource is sound, but together they miss what happens. */
final class Plausibility {
  /** A parameter or field named like a date, compared with a date written out. */
  private static final Pattern FIXED_DATE =
      Pattern.compile(
          "(?i)[a-z0-9_.]*(?:since|after|from|start|date|modif|updat|chang|creat|time)[a-z0-9_.]*"
              + "(?:\\s|%20)*(?:>=?|=|gte?|%3E=?|%3D)(?:\\s|%20)*['\"]?(?:%27)?"
              + "(\\d{4}-\\d{2}-\\d{2}[0-9T:.Z+-]*|\\d{1,2}/\\d{1,2}/\\d{4})");

  /** A field compared with a token. */
  private static final Pattern FILTER =
      Pattern.compile(
          "([A-Za-z_][A-Za-z0-9_.]*)(?:\\s|%20|\\+)*(?:>=?|=|gte?|%3E=?)(?:\\s|%20|\\+)*"
              + "['\"]?(?:%27)?\\$\\{");

  private Plausibility() {}

  static void warn(Fields fields, Fields dates, Resource resource) {
    if (resource.url() != null) {
      fixedDate(fields, resource.url());
      createdOnly(fields, resource);
      complete(fields, resource);
    }
    neverChanged(fields, dates, resource);
  }

  /** Without a token the url asks for the same days for ever. */
  private static void fixedDate(Fields fields, TokenTemplate url) {
    Matcher date = FIXED_DATE.matcher(url.source());
    if (!url.hasTokens() && date.find()) {
      fields.warn(
          "url",
          "holds the date '%s', which never moves; write a token such as ${date:yyyy-MM-dd}"
              .formatted(date.group(1)));
    }
  }

  private static void createdOnly(Fields fields, Resource resource) {
    DateField updated = resource.updated();
    DateField created = resource.created();
    if (updated == null || created == null || updated.path().equals(created.path())) {
      return;
    }
    Matcher filter = FILTER.matcher(resource.url().source());
    boolean byCreated = false;
    while (filter.find()) {
      if (!isEnd(created, filter.group(1))) {
        return;
      }
      byCreated = true;
    }
    if (byCreated) {
      fields.warn(
          "url",
          "lists only what was created in the window; edits of older records are missed: compare"
              + " '%s' instead".formatted(updated.path().text()));
    }
  }

  private static boolean isEnd(DateField field, String name) {
    String path = field.path().text();
    return path.equals(name) || path.endsWith("." + name);
  }

  private static void complete(Fields fields, Resource resource) {
    if (resource.complete() && resource.filtered()) {
      fields.warn(
          "complete",
          "is true, and the request holds date tokens: it lists what changed, not everything");
    }
  }

  private static void neverChanged(Fields fields, Fields dates, Resource resource) {
    boolean byDates = resource.detectBy() == DetectBy.DATES;
    if (!resource.filterByUpdatedDate() && !dates.has("createdDateField")) {
      fields.warn(
          "filterByUpdatedDate", "is false, so the created date decides: name createdDateField");
    } else if (resource.filterByUpdatedDate() && byDates && !dates.has("updatedDateField")) {
      fields.warn("detectBy", "is 'dates', and there is no updatedDateField: changes are not seen");
    }
  }
}
