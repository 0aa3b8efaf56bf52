package dev.watchpost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * How the answers of a resource are written.
 *
 * @param delimiter between the columns of CSV
 * @param quote around values of CSV that hold delimiters, quotes or line ends
 * @param charset of CSV, XML and NDJSON whose Content-Type names none; null: UTF-8, and of XML what
 *     it says itself
 */
public record AnswerFormat(Type type, char delimiter, char quote, Charset charset) {

  /** The formats, and what is asked for. */
  public enum Type {
    JSON("application/json"),
    XML("application/xml, text/xml;q=0.9"),
    CSV("text/csv"),
    NDJSON("application/x-ndjson");

    private final String accept;

    Type(String accept) {
      this.accept = accept;
    }

    /** Value of the header Accept. */
    public String accept() {
      return accept;
    }
  }

  public static final AnswerFormat JSON = new AnswerFormat(Type.JSON, ',', '"', null);

  /** {@code format}: the name of one, or an object with {@code type} and what is special. */
  static AnswerFormat read(Fields fields) {
    JsonNode written = fields.node("format");
    if (written == null) {
      return JSON;
    }
    if (!written.isObject()) {
      return new AnswerFormat(type(fields, "format"), ',', '"', null);
    }
    Fields format = fields.within("format");
    AnswerFormat read =
        new AnswerFormat(
            type(format, "type"),
            character(format, "delimiter", ','),
            character(format, "quote", '"'),
            charset(format));
    format.warnOfUnknown();
    return read;
  }

  private static Type type(Fields fields, String key) {
    String text = fields.text(key);
    for (Type type : Type.values()) {
      if (text != null && type.name().equalsIgnoreCase(text.strip())) {
        return type;
      }
    }
    fields.problem(key, "found '%s'; write json, xml, csv or ndjson".formatted(Report.shown(text)));
    return Type.JSON;
  }

  private static char character(Fields format, String key, char otherwise) {
    String text = format.text(key);
    if (text == null) {
      return otherwise;
    }
    if (text.toLowerCase(Locale.ROOT).matches("tab|\\\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      format.problem(key, "found '%s'; write one character, or tab".formatted(Report.shown(text)));
      return otherwise;
    }
    return text.charAt(0);
  }

  private static Charset charset(Fields format) {
    String text = format.text("charset");
    try {
      return text == null ? null : Charset.forName(text.strip());
    } catch (IllegalArgumentException e) {
      format.problem(
          "charset",
          "found '%s', which is no charset; write utf-8, windows-1252 or the like"
              .formatted(Report.shown(text)));
      return null;
    }
  }

  /** What cannot be read so. */
  void check(Fields fields, FieldPath recordsPath, Paging paging) {
    if (type == Type.XML && recordsPath == null) {
      fields.problem(
          "recordsPath",
          "is missing; name the elements from the root to a record, such as feed.entry");
    }
    boolean flat = type == Type.CSV || type == Type.NDJSON;
    if (flat && recordsPath != null) {
      fields.problem("recordsPath", "has no place in %s; remove it".formatted(type));
    }
    if (flat && paging.path() != null) {
      fields.problem(
          "pagination.path", "%s has nothing beside its records; use a header".formatted(type));
    }
  }
}
