package dev.watchpost.hub;

import dev.watchpost.date.SourceDateFormat;
import dev.watchpost.date.TokenTemplate;
import dev.watchpost.date.UnreadableDate;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A term of {@code where} that a provider understands: it becomes a query parameter.
 *
 * @param field compared in any case
 * @param operators at least one
 * @param parameter of the provider's request
 * @param value what the parameter holds: <code>{value}</code> is the term's value, a date token
 *     such as <code>${epoch:s}</code> the time that it says
 */
record HubTerm(String field, Set<Operator> operators, String parameter, TokenTemplate value) {

  boolean matches(Where.Term term) {
    return field.equalsIgnoreCase(term.field()) && operators.contains(term.operator());
  }

  /**
   * @throws InvalidHubQuery where a time is needed and the term says none
   */
  String valueOf(Where.Term term) {
    String text = String.join(",", term.values());
    Instant time = value.hasTokens() ? time(term, text) : Instant.EPOCH;
    return value.resolve(time, time, Map.of("value", text)).text();
  }

  private static Instant time(Where.Term term, String text) {
    try {
      return SourceDateFormat.of(null, null).parse(text).start();
    } catch (UnreadableDate e) {
      throw new InvalidHubQuery(
          "where, position %d: '%s' needs a date such as '2026-03-01T12:00:00Z', and %s"
              .formatted(term.position(), term, e.getMessage()));
    }
  }

  /** As messages list it. */
  @Override
  public String toString() {
    return field
        + " "
        + operators.stream().map(Operator::text).sorted().collect(Collectors.joining("|"));
  }
}
