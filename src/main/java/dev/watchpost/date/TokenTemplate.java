package dev.watchpost.date;

import dev.watchpost.date.TemplatePart.Literal;
import dev.watchpost.date.TemplatePart.Placeholder;
import dev.watchpost.date.TemplatePart.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A url, header or body with date tokens and placeholders ({@code {listId}}). Immutable, and equal
 * where the text is.
 *
 * <p>Tokens, names in any case, F a SimpleDateFormat pattern with fractions as long as its S:
 *
 * <ul>
 *   <li>{@code ${date:F}}, {@code ${gmtDate:F}}, {@code ${now:F}}: in UTC; without F {@code
 *       2026-03-01T12:00:00Z}
 *   <li>{@code ${dateTimeZone:ZONE:F}}, {@code ${nowTimeZone:ZONE:F}}
 *   <li>{@code ${epoch}}, {@code ${epoch:ms}}, {@code ${milliseconds}}; {@code ${epoch:s}}, {@code
 *       ${epoch:us}}. Milliseconds is the default, as in Cloud Elements: its Stripe and Chargebee
 *       pollers, whose APIs take seconds, were mended from {@code ${epoch}} to {@code ${epoch:s}}
 *   <li>{@code ${epoch:0}}: 0, whatever the time. Cloud Elements writes it for Repsly, whose
 *       "timestamp" is a row version that only 0 lists from the start
 * </ul>
 *
 * <p>The now tokens are the window's upper bound, the others its start. A start written in a local
 * zone without its offset goes back by one more hour where the clock was set back within the
 * window. Where the format ends in a written-out offset that is not the zone's at that time ({@code
 * -0800} in summer), the earlier of the two clocks is written: nothing is missed.
 */
public final class TokenTemplate {
  private final String source;
  private final List<TemplatePart> parts;
  private final List<String> warnings;

  private TokenTemplate(String source, List<TemplatePart> parts, List<String> warnings) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * @throws InvalidDateSetting where a token, its format or its zone cannot work
   */
  public static TokenTemplate parse(String text) {
    TokenParser tokens = new TokenParser();
    List<TemplatePart> parts = new TemplateSplitter(text, tokens).split();
    List<String> warnings = new ArrayList<>(tokens.warnings());
    OpenQuote.warning(parts).ifPresent(warnings::add);
    return new TokenTemplate(text, parts, warnings);
  }

  /** The token that a placeholder of this name was probably meant as; empty where it was none. */
  public static Optional<String> meantBy(String placeholder) {
    if (TokenParser.isName(placeholder)) {
      return Optional.of("${" + placeholder + "}");
    }
    boolean format = placeholder.contains("yyyy") && DatePatternCheck.sound(placeholder, false);
    return format ? Optional.of("${date:" + placeholder + "}") : Optional.empty();
  }

  /** True where a token stands for a time, so that what the url answers depends on it. */
  public boolean hasTokens() {
    return parts.stream().anyMatch(p -> p instanceof Stamp stamp && stamp.stands());
  }

  /** Names of the {@code {placeholders}}, in order of appearance. */
  public Set<String> placeholders() {
    Set<String> names = new LinkedHashSet<>();
    for (TemplatePart part : parts) {
      if (part instanceof Placeholder placeholder) {
        names.add(placeholder.name());
      }
    }
    return names;
  }

  /** What works, but is probably not meant so; in words, for the user. */
  public List<String> warnings() {
    return warnings;
  }

  /** The text as the user wrote it. */
  public String source() {
    return source;
  }

  /**
   * @param windowStart what the tokens stand for
   * @param now the upper bound, for {@code ${now:..}} and {@code ${nowTimeZone:..}}
   * @param values of the placeholders; one that is missing stays as it is
   */
  public Resolved resolve(Instant windowStart, Instant now, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    StringBuilder url = new StringBuilder();
    List<Token> tokens = new ArrayList<>();
    for (TemplatePart part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text());
        url.append(literal.text());
      } else if (part instanceof Placeholder placeholder) {
        String value = values.getOrDefault(placeholder.name(), "{" + placeholder.name() + "}");
        text.append(value);
        // one at the front may hold the whole base url
        url.append(url.length() == 0 ? value : UrlEncoding.guard(value));
      } else if (part instanceof Stamp stamp) {
        Token token = stamp.resolve(windowStart, now);
        tokens.add(token);
        text.append(token.value());
        url.append(UrlEncoding.guard(token.value().replace("%", "%25")));
      }
    }
    return new Resolved(text.toString(), List.copyOf(tokens), UrlEncoding.encode(url.toString()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenTemplate that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }

  /**
   * @param text with every token replaced, not percent-encoded: for headers and bodies
   * @param tokens in order of appearance
   * @param url the same as a url, percent-encoded as by {@link UrlEncoding}. What came from tokens
   *     and placeholders is data, so its {@code + & # ?} are encoded too: a {@code +00:00} would
   *     else arrive as a blank
   */
  public record Resolved(String text, List<Token> tokens, String url) {}

  /**
   * @param token as written, {@code ${date:yyyy-MM-dd}}
   * @param value what it became
   * @param zone the zone it was formatted in, as written; null for epochs
   * @param instant the instant it stands for
   */
  public record Token(String token, String value, String zone, Instant instant) {}
}
