package dev.watchpost.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * An answer of a source, its headers taken off the message camel-http left them in.
 *
 * @param headers by name in any case
 * @param body not yet read
 * @param arrivedAt on our clock
 */
public record SourceAnswer(int status, Headers headers, InputStream body, Instant arrivedAt) {
  private static final int LONGEST_VALIDATOR = 1_000;

  public static SourceAnswer of(Message message, Instant arrivedAt) {
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    InputStream body = message.getBody(InputStream.class);
    return new SourceAnswer(
        status,
        Headers.of(message.getHeaders()),
        body == null ? InputStream.nullInputStream() : body,
        arrivedAt);
  }

  public String header(String name) {
    return headers.first(name).orElse(null);
  }

  /** The validators of this answer for {@code url}; one too long to keep is none. */
  public Validators validators(String url) {
    return Validators.of(kept("ETag"), kept("Last-Modified"), url);
  }

  private String kept(String name) {
    String value = header(name);
    return value == null || value.length() > LONGEST_VALIDATOR ? null : value;
  }

  public void discard() throws IOException {
    body.close();
  }
}
