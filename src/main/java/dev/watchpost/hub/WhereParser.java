package dev.watchpost.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one {@code where} by recursive descent, see {@link Where#parse}. */
final class WhereParser {
  private static final int DEEPEST = 50;
  private static final Pattern FIELD = Pattern.compile("`[^`]+`|[\\p{L}_@$][\\p{L}\\p{N}_.@$/-]*");
  private static final Pattern SYMBOL = Pattern.compile("[=!<>]{1,2}");
  private static final Pattern BARE = Pattern.compile("[^\\s(),'\"`=<>!]+");

  private final WhereText text;
  private int depth;

  WhereParser(String text) {
    this.text = new WhereText(text);
  }

  Where.Parsed parse() {
    Where where = or();
    if (!text.atEnd()) {
      throw text.expected("'and', 'or' or the end");
    }
    return new Where.Parsed(where, text.quoteLeftOpen());
  }

  private Where or() {
    List<Where> any = new ArrayList<>(List.of(and()));
    int first = text.position();
    while (text.word("or")) {
      any.add(and());
    }
    return any.size() == 1 ? any.get(0) : new Where.Or(List.copyOf(any), first);
  }

  private Where and() {
    List<Where> all = new ArrayList<>(List.of(factor()));
    while (text.word("and")) {
      all.add(factor());
    }
    return all.size() == 1 ? all.get(0) : new Where.And(List.copyOf(all));
  }

  private Where factor() {
    if (!text.symbol('(')) {
      return term();
    }
    if (++depth > DEEPEST) {
      throw new InvalidHubQuery("where nests more than %d brackets".formatted(DEEPEST));
    }
    Where within = or();
    text.require(')');
    depth--;
    return within;
  }

  private Where term() {
    int position = text.position();
    String field = text.match(FIELD).orElseThrow(() -> text.expected("the name of a field"));
    Operator operator = operator(field);
    return new Where.Term(field.replace("`", ""), operator, values(operator), position);
  }

  private Operator operator(String field) {
    int position = text.position();
    Optional<String> symbol = text.match(SYMBOL);
    if (symbol.isPresent()) {
      return Operator.named(symbol.get())
          .orElseThrow(() -> text.expected("=, !=, <, <=, > or >=", position));
    }
    if (text.word("is")) {
      return nothing();
    }
    String all = "one of =, !=, <, <=, >, >=, like, in, is null after '%s'".formatted(field);
    return text.word().flatMap(Operator::named).orElseThrow(() -> text.expected(all, position));
  }

  private Operator nothing() {
    boolean not = text.word("not");
    if (!text.word("null")) {
      throw text.expected("'null'");
    }
    return not ? Operator.IS_NOT_NULL : Operator.IS_NULL;
  }

  private List<String> values(Operator operator) {
    return switch (operator) {
      case IS_NULL, IS_NOT_NULL -> List.of();
      case IN -> list();
      default -> List.of(value());
    };
  }

  private List<String> list() {
    text.require('(');
    List<String> values = new ArrayList<>();
    do {
      values.add(value());
    } while (text.symbol(','));
    text.require(')');
    return List.copyOf(values);
  }

  private String value() {
    char first = text.next();
    return first == '\'' || first == '"'
        ? text.quoted()
        : text.match(BARE)
            .orElseThrow(() -> text.expected("a value such as 'text', 12 or 2026-03-01"));
  }
}
