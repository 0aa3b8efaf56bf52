package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines of JSON as a list. Blank lines do not count. A line that is no JSON becomes a text that
 * says so, which is no record and goes into quarantine; the last one without a line end has broken
 * off.
 */
final class NdjsonAnswer extends ConvertedAnswer {
  private static final int SHOWN = 100;

  private final InputStream utf8;
  private final int lineBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean begun;
  private long number;
  private boolean tooLong;
  private boolean ended;

  NdjsonAnswer(InputStream utf8, int lineBytes) throws IOException {
    this.utf8 = new BufferedInputStream(utf8);
    this.lineBytes = lineBytes;
  }

  @Override
  boolean next(JsonGenerator to) throws IOException {
    if (!begun) {
      begun = true;
      to.writeStartArray();
      return true;
    }
    if (ended) {
      to.writeEndArray();
      return false;
    }
    readLine();
    number++;
    String text = line.toString(StandardCharsets.UTF_8).strip();
    if (tooLong) {
      to.writeString("line %d is too large: %s".formatted(number, shown(text)));
    } else if (!text.isEmpty()) {
      write(text, to);
    }
    return true;
  }

  private void readLine() throws IOException {
    line.reset();
    tooLong = false;
    int one = utf8.read();
    while (one >= 0 && one != '\n') {
      if (line.size() < lineBytes) {
        line.write(one);
      } else {
        tooLong = true;
      }
      one = utf8.read();
    }
    ended = one < 0;
  }

  private void write(String text, JsonGenerator to) throws IOException {
    if (isJson(text)) {
      to.writeRawValue(text);
    } else if (ended) {
      throw new UnusableAnswer("the answer breaks off in line " + number);
    } else {
      to.writeString("line %d is no JSON: %s".formatted(number, shown(text)));
    }
  }

  private static boolean isJson(String text) throws IOException {
    try (JsonParser parser = AnswerJson.parser(text.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(SHOWN, text.length()));
  }

  @Override
  public void close() throws IOException {
    utf8.close();
  }
}
