package dev.watchpost.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one {@code where} by recursive descent, see {@link Where#parse}. */
final class WhereParser {
  private static final int LONGEST = 8_192;
  private static final int DEEPEST = 50;
  private static final int SHOWN = 30;
  private static final Pattern FIELD = Pattern.compile("`[^`]+`|[\\p{L}_@$][\\p{L}\\p{N}_.@$/-]*");
  private static final Pattern SYMBOL = Pattern.compile("[=!<>]{1,2}");
  private static final Pattern BARE = Pattern.compile("[^\\s(),'\"`=<>!]+");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private final String text;
  private int at;
  private int depth;
  private boolean quoteLeftOpen;

  WhereParser(String text) {
    this.text = text;
    if (text.length() > LONGEST) {
      throw new InvalidHubQuery(
          "where has %d characters; write at most %d".formatted(text.length(), LONGEST));
    }
  }

  Where.Parsed parse() {
    Where where = or();
    skipBlanks();
    if (at < text.length()) {
      throw expected("'and', 'or' or the end");
    }
    return new Where.Parsed(where, quoteLeftOpen);
  }

  private Where or() {
    List<Where> any = new ArrayList<>(List.of(and()));
    int first = 0;
    while (word("or")) {
      first = first == 0 ? at - 1 : first;
      any.add(and());
    }
    return any.size() == 1 ? any.get(0) : new Where.Or(List.copyOf(any), first);
  }

  private Where and() {
    List<Where> all = new ArrayList<>(List.of(factor()));
    while (word("and")) {
      all.add(factor());
    }
    return all.size() == 1 ? all.get(0) : new Where.And(List.copyOf(all));
  }

  private Where factor() {
    if (!symbol('(')) {
      return term();
    }
    if (++depth > DEEPEST) {
      throw new InvalidHubQuery("where nests more than %d brackets".formatted(DEEPEST));
    }
    Where within = or();
    require(')');
    depth--;
    return within;
  }

  private Where term() {
    skipBlanks();
    int position = at + 1;
    String field = match(FIELD).orElseThrow(() -> expected("the name of a field"));
    Operator operator = operator(field);
    return new Where.Term(field.replace("`", ""), operator, values(operator), position);
  }

  private Operator operator(String field) {
    skipBlanks();
    int start = at;
    Optional<String> written = match(SYMBOL);
    if (written.isPresent()) {
      return Operator.named(written.get())
          .orElseThrow(() -> expectedAt(start, "=, !=, <, <=, > or >="));
    }
    if (word("is")) {
      boolean not = word("not");
      if (!word("null")) {
        throw expected("'null'");
      }
      return not ? Operator.IS_NOT_NULL : Operator.IS_NULL;
    }
    return match(WORD)
        .flatMap(Operator::named)
        .orElseThrow(
            () ->
                expectedAt(
                    start,
                    "one of =, !=, <, <=, >, >=, like, in, is null after '%s'".formatted(field)));
  }

  private List<String> values(Operator operator) {
    return switch (operator) {
      case IS_NULL, IS_NOT_NULL -> List.of();
      case IN -> list();
      default -> List.of(value());
    };
  }

  private List<String> list() {
    require('(');
    List<String> values = new ArrayList<>();
    do {
      values.add(value());
    } while (symbol(','));
    require(')');
    return List.copyOf(values);
  }

  private String value() {
    skipBlanks();
    char first = at < text.length() ? text.charAt(at) : 0;
    return first == '\'' || first == '"'
        ? quoted(first)
        : match(BARE).orElseThrow(() -> expected("a value such as 'text', 12 or 2026-03-01"));
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == quote;
      if (c == quote && !doubled) {
        at++;
        return value.toString();
      }
      at += c == quote ? 1 : 0;
      value.append(c);
    }
    quoteLeftOpen = true;
    return value.toString();
  }

  private boolean word(String expected) {
    skipBlanks();
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt() || !word.group().toLowerCase(Locale.ROOT).equals(expected)) {
      return false;
    }
    at = word.end();
    return true;
  }

  private boolean symbol(char expected) {
    skipBlanks();
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private void require(char expected) {
    if (!symbol(expected)) {
      throw expected("'" + expected + "'");
    }
  }

  private Optional<String> match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher.group());
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private InvalidHubQuery expected(String what) {
    skipBlanks();
    return expectedAt(at, what);
  }

  private InvalidHubQuery expectedAt(int position, String what) {
    String rest = text.substring(Math.min(position, text.length()));
    String found =
        rest.isEmpty()
            ? "the end"
            : "'%s'".formatted(rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "...");
    return new InvalidHubQuery(
        "where, position %d: expected %s, found %s".formatted(position + 1, what, found));
  }
}
