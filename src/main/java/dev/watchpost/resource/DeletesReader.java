package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.date.TokenTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code deletes} and the {@code sweep*} settings. */
final class DeletesReader {
  private static final Duration INTERVAL = Duration.ofHours(24);
  private static final int CONFIRMATIONS = 2;
  private static final double LIMIT = 0.2;
  private static final String FORMS =
      "write \"sweep\", {\"deletedField\":..}, {\"deletedDateField\":..} or {\"deletedUrl\":..}";

  private DeletesReader() {}

  /**
   * @param filtered whether the resource lists only what changed
   * @param urls reads a url setting
   */
  static Deletes read(Fields resource, boolean filtered, UrlReader urls) {
    TokenTemplate sweepUrl = urls.read(resource, "sweepUrl");
    Deletes.Sweep sweep =
        new Deletes.Sweep(
            sweepUrl,
            resource.duration("sweepInterval", Duration.ofHours(1), INTERVAL),
            (int) resource.whole("sweepConfirmations", CONFIRMATIONS, 1, 1000),
            resource.share("sweepLimit", LIMIT));
    JsonNode deletes = resource.node("deletes");
    if (deletes == null || isText(deletes, "none")) {
      warnOfIdle(resource);
      return new Deletes.None();
    }
    if (isText(deletes, "sweep")) {
      checkSweep(resource, filtered, sweepUrl);
      return sweep;
    }
    warnOfIdle(resource);
    return byRecord(resource, deletes, urls);
  }

  private static boolean isText(JsonNode node, String text) {
    return node.isTextual() && node.asText().strip().toLowerCase(Locale.ROOT).equals(text);
  }

  private static void warnOfIdle(Fields resource) {
    for (String key : List.of("sweepUrl", "sweepInterval", "sweepConfirmations", "sweepLimit")) {
      if (resource.has(key)) {
        resource.warn(key, "has no effect without \"deletes\": \"sweep\"");
      }
    }
  }

  /**
   * A filtered listing never shows everything: every record outside its window would be deleted.
   */
  private static void checkSweep(Fields resource, boolean filtered, TokenTemplate sweepUrl) {
    if (filtered && !resource.has("sweepUrl")) {
      resource.problem(
          "deletes",
          "found 'sweep' with a request that holds date tokens, which does not list everything; set"
              + " sweepUrl to the url that does");
    }
    if (sweepUrl != null && sweepUrl.hasTokens()) {
      resource.problem(
          "sweepUrl", "holds date tokens; a sweep needs a url that lists everything: remove them");
    }
  }

  private static Deletes byRecord(Fields resource, JsonNode deletes, UrlReader urls) {
    if (!deletes.isObject()) {
      resource.problem("deletes", "found '%s'; %s".formatted(Report.shown(deletes), FORMS));
      return new Deletes.None();
    }
    Fields fields = resource.within("deletes");
    List<Deletes> found = new ArrayList<>();
    FieldPath field = fields.fieldPath("deletedField");
    if (field != null) {
      found.add(new Deletes.ByField(field, values(fields)));
    }
    DateField date = DatesReader.read(fields, "deletedDate");
    if (date != null) {
      found.add(new Deletes.ByDate(date));
    }
    TokenTemplate url = urls.read(fields, "deletedUrl");
    if (url != null) {
      found.add(new Deletes.ByUrl(url, fields.fieldPaths("deletedIdField")));
    }
    fields.warnOfUnknown();
    checkOne(resource, fields);
    return found.isEmpty() ? new Deletes.None() : found.get(0);
  }

  /** A text or a list of texts. */
  private static Set<String> values(Fields fields) {
    JsonNode written = fields.node("deletedValue");
    Set<String> values = new LinkedHashSet<>();
    if (written != null) {
      for (JsonNode value : written.isArray() ? written : List.of(written)) {
        values.add(Json.flat(value).strip());
      }
    }
    return values;
  }

  private static void checkOne(Fields resource, Fields fields) {
    long forms =
        List.of("deletedField", "deletedDateField", "deletedUrl").stream()
            .filter(fields::has)
            .count();
    if (forms != 1) {
      resource.problem(
          "deletes", "holds %d ways to tell a deleted record; %s".formatted(forms, FORMS));
    }
  }
}
