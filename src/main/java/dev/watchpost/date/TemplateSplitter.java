package dev.watchpost.date;

import dev.watchpost.date.TemplatePart.Literal;
import dev.watchpost.date.TemplatePart.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a template at its tokens and placeholders. Braces of JSON are literal text. */
final class TemplateSplitter {
  private static final Pattern OPENING =
      Pattern.compile("\\$\\{|(?<!\\{)\\{([A-Za-z_][A-Za-z0-9_.-]*)}|[#$]\\{'\\$'}\\{");

  private static final Pattern DOLLAR_MISSING =
      Pattern.compile(
          "\\{((?:date|gmtDate|now|epoch|dateTimeZone|nowTimeZone):[A-Za-z+-][^\\s}]*[^}]*)}",
          Pattern.CASE_INSENSITIVE);

  private final String text;
  private final TokenParser tokens;
  private final List<TemplatePart> parts = new ArrayList<>();

  TemplateSplitter(String text, TokenParser tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  List<TemplatePart> split() {
    Matcher opening = OPENING.matcher(text);
    int at = 0;
    while (opening.find(at)) {
      literal(text.substring(at, opening.start()));
      if (opening.group(1) != null) {
        parts.add(new Placeholder(opening.group(1)));
        at = opening.end();
      } else {
        at = token(opening);
      }
    }
    literal(text.substring(at));
    return parts;
  }

  private int token(Matcher opening) {
    int end = text.indexOf('}', opening.end());
    if (end < 0) {
      throw new InvalidDateSetting(
          text.substring(opening.start()) + ": the token's closing brace } is missing");
    }
    String inside = text.substring(opening.end(), end);
    if (!opening.group().equals("${")) {
      throw new InvalidDateSetting(
          opening.group()
              + inside
              + "}: the $ is escaped for a template; did you mean ${"
              + inside
              + "}?");
    }
    parts.add(tokens.parse(inside));
    return end + 1;
  }

  private void literal(String literal) {
    if (literal.isEmpty()) {
      return;
    }
    Matcher bare = DOLLAR_MISSING.matcher(literal);
    if (bare.find()) {
      tokens
          .warnings()
          .add(bare.group() + " is sent as it is; did you mean $" + bare.group() + "?");
    }
    parts.add(new Literal(literal));
  }
}
