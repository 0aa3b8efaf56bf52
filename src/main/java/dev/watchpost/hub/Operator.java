package dev.watchpost.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a term of {@code where} compares by. */
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LIKE("like"),
  IN("in"),
  IS_NULL("is null"),
  IS_NOT_NULL("is not null");

  private final String text;

  Operator(String text) {
    this.text = text;
  }

  /** As written in {@code where} and in element files. */
  public String text() {
    return text;
  }

  /** The operator so written, whatever the case; {@code <>} and {@code ==} are read too. */
  public static Optional<Operator> named(String text) {
    String name =
        switch (text.strip()) {
          case "<>" -> "!=";
          case "==" -> "=";
          default -> text.strip().toLowerCase(Locale.ROOT);
        };
    return Arrays.stream(values()).filter(operator -> operator.text.equals(name)).findFirst();
  }
}
