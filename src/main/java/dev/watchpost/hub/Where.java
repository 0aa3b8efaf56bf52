package dev.watchpost.hub;

import java.util.List;
import java.util.stream.Collectors;

/** What a {@code where} says. */
public sealed interface Where {

  /** All of them hold; two at least. */
  record And(List<Where> all) implements Where {}

  /**
   * One of them holds; two at least.
   *
   * @param position of the first {@code or}, from 1
   */
  record Or(List<Where> any, int position) implements Where {}

  /**
   * One comparison.
   *
   * @param values none for {@code is null}, several for {@code in}, else one; without their quotes
   * @param position of the field, from 1
   */
  record Term(String field, Operator operator, List<String> values, int position) implements Where {

    /** As it could be written, to name it in messages. */
    @Override
    public String toString() {
      String right =
          switch (operator) {
            case IS_NULL, IS_NOT_NULL -> "";
            case IN ->
                values.stream().map(Term::quoted).collect(Collectors.joining(", ", " (", ")"));
            default -> " " + quoted(values.get(0));
          };
      return field + " " + operator.text() + right;
    }

    private static String quoted(String value) {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /**
   * Reads a {@code where}:
   *
   * <pre>
   * or     = and { "or" and }
   * and    = factor { "and" factor }
   * factor = "(" or ")" | field compare
   * compare = ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "like" ) value
   *         | "in" "(" value { "," value } ")" | "is" [ "not" ] "null"
   * </pre>
   *
   * Words in any case; {@code <>} is {@code !=}, {@code ==} is {@code =}. A field is bare or in
   * back quotes. A value is in single or double quotes, doubled within to stand for themselves, or
   * bare up to the next blank, comma or bracket: a number, a date.
   *
   * @throws InvalidHubQuery with position and fix
   */
  static Parsed parse(String where) {
    return new WhereParser(where).parse();
  }

  /**
   * @param quoteLeftOpen the closing quote at the end is missing: the value reaches to the end
   */
  record Parsed(Where where, boolean quoteLeftOpen) {}
}
