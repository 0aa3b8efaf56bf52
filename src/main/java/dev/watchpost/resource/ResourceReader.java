package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.element.Element;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one resource of a poller configuration. */
public final class ResourceReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TOLERANCE = Duration.ofSeconds(10);
  private static final Duration OVERLAP = Duration.ofSeconds(300);

  private final Map<String, String> settings;
  private final HubUrls hubs;
  private final UrlReader urls;
  private final Duration instanceInterval;
  private final Duration minimumInterval;
  private final Report report;

  /**
   * @param configuration of the instance
   */
  public ResourceReader(
      Element element,
      Map<String, String> configuration,
      Duration instanceInterval,
      Duration minimumInterval,
      Report report) {
    this.settings = element.withDefaults(configuration);
    this.hubs = new HubUrls(element, settings);
    this.urls = new UrlReader(element.baseUrl(configuration), settings, hubs);
    this.instanceInterval = instanceInterval;
    this.minimumInterval = minimumInterval;
    this.report = report;
  }

  /** To be used only where {@code report} got no problem; empty where nothing is there to read. */
  public Optional<Resource> read(String name, JsonNode node, String path) {
    checkName(name, path);
    if (!node.isObject() || node.isEmpty()) {
      report.problem(
          path,
          "found '%s'; write a JSON object that holds at least url and idField, or leave it out"
              .formatted(Report.shown(Json.flat(node))));
      return Optional.empty();
    }
    return Optional.of(read(name, Fields.of(hubs.withDefaults(node), path, report)));
  }

  private Resource read(String name, Fields fields) {
    Fields dates = fields.within("datesConfiguration");
    TokenTemplate url = url(fields);
    String method = RequestReader.method(fields);
    Map<String, TokenTemplate> headers = RequestReader.headers(fields);
    TokenTemplate body = RequestReader.body(fields, method);
    DateField updated = DatesReader.updated(fields, dates);
    DateField created = DatesReader.created(fields, dates, updated);
    DatesReader.warnOfSwapped(dates, updated, created);
    boolean filterByUpdatedDate = fields.flag("filterByUpdatedDate", true);
    Resource resource =
        new Resource(
            name,
            url,
            method,
            headers,
            body,
            idField(fields),
            fields.fieldPath("recordsPath"),
            updated,
            created,
            filterByUpdatedDate,
            fields.flag("complete", false),
            tolerance(fields, dates),
            fields.duration("pollDelay", SECOND, Duration.ZERO),
            fields.duration("overlap", SECOND, OVERLAP),
            PagingReader.read(fields, settings, report),
            detectBy(fields, dates.has("updatedDateField"), filterByUpdatedDate),
            fields.fieldPaths("ignoreFields"),
            DeletesReader.read(fields, Resource.filtered(url, headers, body), urls),
            startFrom(fields),
            interval(fields),
            fields.flag("keepRecords", false),
            AnswerFormat.read(fields));
    resource.format().check(fields, resource.recordsPath(), resource.paging());
    Plausibility.warn(fields, dates, resource);
    dates.warnOfUnknown(elsewhere(fields, ", but beside datesConfiguration; move it there"));
    refuseNested(fields);
    Map<String, String> reasons = elsewhere(dates, ", but in datesConfiguration; move it there");
    reasons.putAll(CloudElements.NOT_NEEDED);
    fields.warnOfUnknown(reasons);
    return resource;
  }

  private static Map<String, String> elsewhere(Fields other, String where) {
    Map<String, String> reasons = new HashMap<>();
    other.known().forEach(key -> reasons.put(key, where));
    return reasons;
  }

  /** A closing brace in the wrong place puts the next resources into this one. */
  private static void refuseNested(Fields fields) {
    for (String name : fields.names()) {
      if (!fields.known().contains(name) && isResource(fields.unasked(name))) {
        fields.node(name);
        fields.problem(name, "is a resource within a resource; move it one level up");
      }
    }
  }

  /** Whether it looks like a resource. */
  static boolean isResource(JsonNode node) {
    return node.path("url").isTextual();
  }

  private void checkName(String name, String path) {
    if (name.isBlank() || name.length() > 1000 || name.indexOf('\0') >= 0) {
      report.problem(
          path,
          "a resource's name must have 1 to 1000 characters, found %d".formatted(name.length()));
    }
    Blanks.warn(report, path, name);
  }

  private TokenTemplate url(Fields fields) {
    if (!fields.has("url")) {
      fields.problem(
          "url",
          "is missing" + found(fields, "url") + "; write a whole url or a path such as /customers");
    }
    return urls.read(fields, "url");
  }

  private static List<FieldPath> idField(Fields fields) {
    JsonNode written = fields.node("idField");
    if (written == null || (written.isArray() && written.isEmpty())) {
      fields.problem(
          "idField",
          "is missing%s; name the field that holds a record's id, such as \"id\""
              .formatted(found(fields, "idField")));
    }
    return fields.fieldPaths("idField");
  }

  private static String found(Fields fields, String key) {
    String misspelt = fields.misspelt(key);
    return misspelt == null ? "" : ", found '%s'".formatted(Report.shown(misspelt));
  }

  private static Duration tolerance(Fields fields, Fields dates) {
    Duration inside = dates.duration("createdCheckTolerance", SECOND, TOLERANCE);
    return fields.duration("createdCheckTolerance", SECOND, inside);
  }

  /**
   * Content decides where no updated field is set; but not where filterByUpdatedDate says that the
   * created date alone does.
   */
  private static DetectBy detectBy(Fields fields, boolean updated, boolean filterByUpdatedDate) {
    DetectBy otherwise = !updated && filterByUpdatedDate ? DetectBy.CONTENT : DetectBy.DATES;
    String text = fields.text("detectBy");
    if (text == null) {
      return otherwise;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "dates" -> DetectBy.DATES;
      case "content" -> DetectBy.CONTENT;
      case "both" -> DetectBy.BOTH;
      default -> {
        fields.problem(
            "detectBy", "found '%s'; write dates, content or both".formatted(Report.shown(text)));
        yield otherwise;
      }
    };
  }

  private static StartFrom startFrom(Fields fields) {
    String text = fields.text("startFrom");
    if (text == null || text.strip().equalsIgnoreCase("now")) {
      return new StartFrom.Now();
    }
    if (text.strip().equalsIgnoreCase("beginning")) {
      return new StartFrom.Beginning();
    }
    try {
      return new StartFrom.At(instant(text.strip()));
    } catch (DateTimeException e) {
      fields.problem(
          "startFrom",
          "found '%s'; write now, beginning, or an instant such as 2026-03-01T00:00:00Z"
              .formatted(Report.shown(text)));
      return new StartFrom.Now();
    }
  }

  private static Instant instant(String text) {
    return text.matches("\\d{4}-\\d{2}-\\d{2}")
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }

  private Duration interval(Fields fields) {
    Duration own = fields.duration("refresh_interval", Duration.ofMinutes(1), null);
    if (own != null && own.compareTo(minimumInterval) < 0) {
      fields.problem(
          "refresh_interval", tooShort(fields.text("refresh_interval"), minimumInterval));
    }
    return own == null ? instanceInterval : own;
  }

  public static String tooShort(String text, Duration minimum) {
    return "found '%s'; the shortest that the operator allows is %s s (a plain number is minutes)"
        .formatted(text, minimum.toMillis() / 1000.0);
  }
}
