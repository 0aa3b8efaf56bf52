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
      Pattern.compile("\\$\\{|(?<![{#%@])\\{([A-Za-z_][A-Za-z0-9_.-]*)}|[#$]\\{'\\$'}\\{");

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
    int next = text.indexOf("${", opening.end());
    if (end < 0 || (next >= 0 && next < end)) {
      String open = text.substring(opening.start(), next < 0 ? text.length() : next);
      throw new InvalidDateSetting(open + ": the token's closing brace } is missing");
    }
    String inside = text.substring(opening.end(), end);
    refuseEscapes(opening, inside);
    refuseBraces(inside, end);
    parts.add(tokens.parse(inside));
    return end + 1;
  }

  /** Signs that kept another program from taking the token for its own. */
  private void refuseEscapes(Matcher opening, String inside) {
    char before = opening.start() == 0 ? ' ' : text.charAt(opening.start() - 1);
    boolean escaped = before == '$' || before == '\\';
    if (escaped || !opening.group().equals("${")) {
      throw new InvalidDateSetting(
          "%s%s%s}: the $ is escaped for a template; did you mean ${%s}?"
              .formatted(escaped ? before : "", opening.group(), inside, inside));
    }
  }

  private void refuseBraces(String inside, int end) {
    int brace = inside.indexOf('{');
    if (brace == 0) {
      throw new InvalidDateSetting(
          "${%s}}: one brace too many; did you mean ${%s}?".formatted(inside, inside.substring(1)));
    } else if (brace > 0) {
      int rest = text.indexOf('}', end + 1);
      String whole = inside + (rest < 0 ? "}" : text.substring(end, rest + 1));
      throw new InvalidDateSetting(
          "${%s: no placeholder can stand inside of a token; write what %s} stands for"
              .formatted(whole, inside.substring(brace)));
    }
  }

  private void literal(String literal) {
    if (literal.isEmpty()) {
      return;
    }
    NearToken.refuse(literal);
    NearToken.warning(literal).ifPresent(tokens.warnings()::add);
    parts.add(new Literal(literal));
  }
}
