package dev.watchpost.date;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A url, header or body with date tokens ({@code ${date:F}}, {@code ${epoch:s}}, ...) and
 * placeholders ({@code {listId}}). Immutable.
 */
public final class TokenTemplate {

  /**
   * @throws InvalidDateSetting where a token, its format or its zone cannot work
   */
  public static TokenTemplate parse(String text) {
    throw new UnsupportedOperationException("to come");
  }

  /** True where a token stands for a time, so that what the url answers depends on it. */
  public boolean hasTokens() {
    throw new UnsupportedOperationException("to come");
  }

  /** Names of the {@code {placeholders}}. */
  public Set<String> placeholders() {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * @param windowStart what the tokens stand for
   * @param now the upper bound, for {@code ${now:..}} and {@code ${nowTimeZone:..}}
   * @param values of the placeholders; one that is missing stays as it is
   */
  public Resolved resolve(Instant windowStart, Instant now, Map<String, String> values) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * @param text with every token replaced, not yet percent-encoded
   * @param tokens in order of appearance
   */
  public record Resolved(String text, List<Token> tokens) {}

  /**
   * @param token as written, {@code ${date:yyyy-MM-dd}}
   * @param value what it became
   * @param zone the zone it was formatted in; null for epochs
   * @param instant the instant it stands for
   */
  public record Token(String token, String value, String zone, Instant instant) {}
}
