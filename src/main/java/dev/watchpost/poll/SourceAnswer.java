package dev.watchpost.poll;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * An answer of a source, its headers taken off the message camel-http left them in.
 *
 * @param headers by name in any case
 * @param body not yet read
 * @param arrivedAt on our clock
 */
record SourceAnswer(
    int status, Map<String, List<String>> headers, InputStream body, Instant arrivedAt) {
  private static final int LONGEST_VALIDATOR = 1_000;

  static SourceAnswer of(Message message, Instant arrivedAt) {
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    message.getHeaders().forEach((name, value) -> headers.put(name, values(value)));
    InputStream body = message.getBody(InputStream.class);
    return new SourceAnswer(
        status, headers, body == null ? InputStream.nullInputStream() : body, arrivedAt);
  }

  private static List<String> values(Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  Optional<Instant> date() {
    return SourceClock.parse(header("Date"));
  }

  /** The validators of this answer for {@code url}; one too long to keep is none. */
  Validators validators(String url) {
    String etag = kept("ETag");
    String lastModified = kept("Last-Modified");
    return etag == null && lastModified == null
        ? Validators.NONE
        : new Validators(etag, lastModified, url);
  }

  private String kept(String name) {
    String value = header(name);
    return value == null || value.length() > LONGEST_VALIDATOR ? null : value;
  }

  void discard() throws IOException {
    body.close();
  }
}
