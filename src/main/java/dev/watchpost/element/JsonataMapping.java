package dev.watchpost.element;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSONata expression (https://docs.jsonata.org). An evaluation that lasts longer than a second or
 * goes deeper than 200 calls ends with an error; how much it holds at a time is not bounded.
 * Regular expressions are refused: time is looked at between steps, and one match can last for
 * years. Thread-safe.
 */
public final class JsonataMapping {
  private static final long MILLIS = 1_000;
  private static final int DEPTH = 200;

  private static final Pattern TEXT_OR_COMMENT =
      Pattern.compile(
          "(\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'|`[^`]*+`)|/\\*.*?\\*/",
          Pattern.DOTALL);

  /** A slash where no operand is before it that it could divide. */
  private static final Pattern REGEX = Pattern.compile("(?:^|[^\\s\\w$)\\]}'%*])\\s*+/");

  private final String text;
  private final Jsonata expression;

  private JsonataMapping(String text, Jsonata expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * @throws IllegalArgumentException with the reason where it is no JSONata
   */
  public static JsonataMapping of(String text) {
    try {
      return new JsonataMapping(text, Jsonata.jsonata(text));
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("is no JSONata: nested too deeply", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("is no JSONata: " + reason(e), e);
    }
  }

  /**
   * As {@link #of}, for an expression that someone else than the operator wrote: without regular
   * expressions, for time is looked at between steps, and one match can last for years.
   */
  public static JsonataMapping untrusted(String text) {
    String bare =
        TEXT_OR_COMMENT.matcher(text).replaceAll(found -> found.group(1) == null ? " " : "''");
    if (REGEX.matcher(bare).find()) {
      throw new IllegalArgumentException(
          "holds a regular expression, which is not taken; use $contains, $substringBefore,"
              + " $substringAfter or $split with a text");
    }
    return of(text);
  }

  /**
   * @param input maps, lists, texts, numbers, booleans and nulls
   * @param variables by name, without the dollar
   * @return likewise; null: nothing
   * @throws IllegalArgumentException with the reason where it cannot be evaluated
   */
  public Object evaluate(Object input, Map<String, ?> variables) {
    Jsonata.Frame frame = expression.createFrame();
    frame.setRuntimeBounds(MILLIS, DEPTH);
    variables.forEach((name, value) -> frame.bind(name, (Object) value));
    try {
      return expression.evaluate(input, frame);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("goes too deep", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    String message = e instanceof JException ? e.getMessage() : e.toString();
    return message == null ? e.toString() : message.replaceFirst("^JSonataException ", "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonataMapping mapping && text.equals(mapping.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
