package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.watchpost.resource.AnswerFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CSV (RFC 4180) with a header row as a list of objects: every value is a text. Empty lines do not
 * count. A row of another number of columns than the header becomes a text that says so, which is
 * no record and goes into quarantine.
 */
final class CsvAnswer extends ConvertedAnswer {
  private static final int SHOWN = 100;
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(AnswerJson.MAX_STRING).build())
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final CsvParser parser;
  private final char delimiter;
  private List<String> header;
  private long row = 1;

  CsvAnswer(InputStream utf8, AnswerFormat format) throws IOException {
    delimiter = format.delimiter();
    parser =
        FACTORY.createParser(
            new InputStreamReader(
                utf8,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    parser.setSchema(
        CsvSchema.emptySchema()
            .withColumnSeparator(format.delimiter())
            .withQuoteChar(format.quote()));
  }

  @Override
  boolean next(JsonGenerator to) throws IOException {
    if (header == null) {
      header = header();
      to.writeStartArray();
      return true;
    }
    List<String> values = values();
    if (values == null) {
      to.writeEndArray();
      return false;
    }
    row++;
    write(values, to);
    return true;
  }

  private List<String> header() throws IOException {
    List<String> names = values();
    if (names == null) {
      throw new UnusableAnswer("the answer is empty where CSV with a header row was expected");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new UnusableAnswer("the header row of the CSV names a column twice");
      }
    }
    String first = names.get(0).stripLeading();
    if (first.startsWith("<") || first.startsWith("{") || first.startsWith("[")) {
      throw new UnusableAnswer("the answer is no CSV with a header row; see format");
    }
    return names;
  }

  /** Of the next row; null: there is none. */
  private List<String> values() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return null;
      }
      List<String> values = new ArrayList<>();
      for (token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        values.add(parser.getText());
      }
      return values;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new UnusableAnswer("the answer is not valid CSV" + where, e);
    }
  }

  private void write(List<String> values, JsonGenerator to) throws IOException {
    if (values.size() != header.size()) {
      String text = String.join(String.valueOf(delimiter), values);
      to.writeString(
          "row %d has %d columns where the header has %d: %s"
              .formatted(
                  row,
                  values.size(),
                  header.size(),
                  text.substring(0, Math.min(SHOWN, text.length()))));
      return;
    }
    to.writeStartObject();
    for (int i = 0; i < values.size(); i++) {
      to.writeStringField(header.get(i), values.get(i));
    }
    to.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
