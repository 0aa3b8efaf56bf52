package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Reads {@code pageSize} and {@code pagination}. */
final class PagingReader {
  private static final String TYPES = "link, page, offset, cursor, nextUrl, lastId";
  private static final String PREFIX = "pagination.";

  /** Cloud Elements' name of {@code first}. */
  private static final String START_INDEX = PREFIX + "page.startindex";

  private static final int MOST_RECORDS = 1_000_000;
  private static final int MOST_PAGES = 10_000_000;

  private PagingReader() {}

  /**
   * @param settings of the instance: its {@code pagination.*} hold for the resources that say
   *     nothing themselves
   */
  static Paging read(Fields resource, Map<String, String> settings, Report report) {
    int size = (int) resource.whole("pageSize", 0, 1, MOST_RECORDS);
    JsonNode own = resource.node("pagination");
    Fields fields =
        own == null
            ? Fields.of(inherited(settings), "configuration.pagination", report)
            : Fields.of(object(own), resource.path("pagination"), report);
    Paging paging = paging(fields, size);
    if (own != null || fields.has("type")) {
      fields.warnOfUnknown();
    }
    if (size > 0 && paging.sizeParameter() == null) {
      resource.warn(
          "pageSize",
          "found '%d', which is not sent: name its query parameter in pagination.sizeParameter"
              .formatted(size));
    }
    return paging;
  }

  /** {@code "link"} is short for {@code {"type":"link"}}. */
  private static JsonNode object(JsonNode pagination) {
    return pagination.isTextual()
        ? JsonNodeFactory.instance.objectNode().set("type", pagination)
        : pagination;
  }

  private static ObjectNode inherited(Map<String, String> settings) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    settings.forEach(
        (key, value) -> {
          if (key.equals(START_INDEX)) {
            object.put("first", value);
          } else if (key.startsWith(PREFIX)) {
            object.put(key.substring(PREFIX.length()), value);
          }
        });
    return object;
  }

  private static Paging paging(Fields fields, int size) {
    Paging.Type type = type(fields);
    String parameter = fields.text("parameter");
    long first = fields.whole("first", 1, 0, MOST_RECORDS);
    FieldPath path = fields.fieldPath("path");
    String header = fields.text("header");
    checkNext(fields, type, path, header);
    return new Paging(
        type,
        parameter(type, parameter),
        type == Paging.Type.PAGE ? (int) first : 0,
        path,
        header,
        fields.text("sizeParameter"),
        size,
        more(fields),
        (int) fields.whole("maxPages", Paging.MAX_PAGES, 1, MOST_PAGES),
        fields.whole("maxBytes", Paging.MAX_BYTES, 1, Long.MAX_VALUE));
  }

  private static Paging.Type type(Fields fields) {
    String type = fields.text("type");
    if (type == null) {
      if (fields.names().stream().anyMatch(n -> n.matches("parameter|first|path|header"))) {
        fields.problem("type", "is missing; write one of " + TYPES);
      }
      return Paging.Type.NONE;
    }
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "none" -> Paging.Type.NONE;
      case "link" -> Paging.Type.LINK;
      case "page" -> Paging.Type.PAGE;
      case "offset" -> Paging.Type.OFFSET;
      case "cursor" -> Paging.Type.CURSOR;
      case "nexturl" -> Paging.Type.NEXT_URL;
      case "lastid" -> Paging.Type.LAST_ID;
      default -> {
        fields.problem("type", "found '%s'; write one of %s".formatted(Report.shown(type), TYPES));
        yield Paging.Type.NONE;
      }
    };
  }

  private static Paging.More more(Fields fields) {
    FieldPath more = fields.fieldPath("morePath");
    FieldPath end = fields.fieldPath("endPath");
    if (more != null && end != null) {
      fields.problem("endPath", "found '%s' and a morePath too; keep one".formatted(end));
    }
    if (more != null) {
      return new Paging.More(more, false);
    }
    return end == null ? null : new Paging.More(end, true);
  }

  private static String parameter(Paging.Type type, String written) {
    return switch (type) {
      case PAGE -> written == null ? "page" : written;
      case OFFSET -> written == null ? "offset" : written;
      case CURSOR -> written == null ? "cursor" : written;
      case LAST_ID -> written == null ? "starting_after" : written;
      case NONE, LINK, NEXT_URL -> null;
    };
  }

  private static void checkNext(Fields fields, Paging.Type type, FieldPath path, String header) {
    if (type == Paging.Type.NEXT_URL && path == null && !fields.has("path")) {
      fields.problem("path", "is missing; say where the answer holds the next url: $next");
    }
    if (type != Paging.Type.CURSOR) {
      return;
    }
    if (path == null && header == null && !fields.has("path")) {
      fields.problem(
          "path",
          "is missing; say where the answer holds the cursor: a path such as meta.next, or header");
    }
    if (fields.has("path") && header != null) {
      fields.problem("header", "found '%s' and a path too; keep one".formatted(header));
    }
  }
}
