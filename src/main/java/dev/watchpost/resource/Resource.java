package dev.watchpost.resource;

import dev.watchpost.date.TokenTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One watched resource of an instance, validated: an entry of {@code event.poller.configuration}
 * with the defaults of spec section 2 filled in.
 *
 * @param name its key in the poller configuration: objectType of its events
 * @param url absolute, or relative to the instance's base url; tokens and {@code {placeholders}}
 *     unresolved
 * @param method GET unless set
 * @param headers name to value with tokens
 * @param body null: none
 * @param idField at least one path; several make a composite id, joined by {@code |}
 * @param recordsPath null: found by looking (the root array, else the only non-empty array of
 *     objects in the root object)
 * @param updated null: the resource has no updated date
 * @param created null: the resource has no created date
 * @param filterByUpdatedDate false: the created date decides
 * @param complete the url always lists everything that exists
 * @param createdCheckTolerance within which created equals updated, default 10 s
 * @param pollDelay taken off the last poll's start
 * @param overlap how far the window reaches back again, default 300 s
 * @param detectBy never null: the default is worked out
 * @param ignoreFields paths that do not count as content
 * @param refreshInterval the resource's own, else the instance's
 * @param keepRecords store the last record, so that events carry before and changedFields
 * @param format how its answers are written
 */
public record Resource(
    String name,
    TokenTemplate url,
    String method,
    Map<String, TokenTemplate> headers,
    TokenTemplate body,
    List<FieldPath> idField,
    FieldPath recordsPath,
    DateField updated,
    DateField created,
    boolean filterByUpdatedDate,
    boolean complete,
    Duration createdCheckTolerance,
    Duration pollDelay,
    Duration overlap,
    Paging paging,
    DetectBy detectBy,
    List<FieldPath> ignoreFields,
    Deletes deletes,
    StartFrom startFrom,
    Duration refreshInterval,
    boolean keepRecords,
    AnswerFormat format) {

  /**
   * What the ledger's rows depend on, as text: id field, date fields, detectBy and ignoreFields.
   * Where it changes, the resource takes a silent new baseline.
   */
  public String baseline() {
    return String.join(
        "\n",
        "id " + texts(idField),
        "updated " + (updated == null ? "" : updated.baseline()),
        "created " + (created == null ? "" : created.baseline()),
        "by " + (filterByUpdatedDate ? "updated" : "created"),
        "detectBy " + detectBy,
        "ignore "
            + texts(ignoreFields)
            + (format.type() == AnswerFormat.Type.JSON ? "" : "\nformat " + format.type()));
  }

  /** Whether what is listed depends on the time: a date token stands in url, header or body. */
  boolean filtered() {
    return filtered(url, headers, body);
  }

  /** As {@link #filtered()}; url and body may be null. */
  static boolean filtered(
      TokenTemplate url, Map<String, TokenTemplate> headers, TokenTemplate body) {
    return (url != null && url.hasTokens())
        || (body != null && body.hasTokens())
        || headers.values().stream().anyMatch(TokenTemplate::hasTokens);
  }

  private static String texts(List<FieldPath> paths) {
    return Json.write(paths.stream().map(FieldPath::text).toList());
  }
}
