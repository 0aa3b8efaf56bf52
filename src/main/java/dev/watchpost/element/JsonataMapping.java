package dev.watchpost.element;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Map;

/**
 * A JSONata expression (https://docs.jsonata.org). An evaluation that lasts longer than a second or
 * goes deeper than 200 calls ends with an error; how much it holds at a time is not bounded.
 * Thread-safe.
 */
public final class JsonataMapping {
  private static final long MILLIS = 1_000;
  private static final int DEPTH = 200;

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
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("is no JSONata: " + reason(e), e);
    }
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
