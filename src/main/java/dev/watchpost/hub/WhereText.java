package dev.watchpost.hub;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@code where} and how far it is read. Blanks before what is looked for go. */
final class WhereText {
  private static final int LONGEST = 8_192;
  private static final int SHOWN = 30;
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private final String text;
  private int at;
  private boolean quoteLeftOpen;

  WhereText(String text) {
    this.text = text;
    if (text.length() > LONGEST) {
      throw new InvalidHubQuery(
          "where has %d characters; write at most %d".formatted(text.length(), LONGEST));
    }
  }

  /** Of what comes next, from 1. */
  int position() {
    skipBlanks();
    return at + 1;
  }

  boolean atEnd() {
    skipBlanks();
    return at == text.length();
  }

  boolean quoteLeftOpen() {
    return quoteLeftOpen;
  }

  /** Reads a word, in any case; false where another thing comes. */
  boolean word(String expected) {
    skipBlanks();
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt() || !word.group().toLowerCase(Locale.ROOT).equals(expected)) {
      return false;
    }
    at = word.end();
    return true;
  }

  /** Reads any word. */
  Optional<String> word() {
    return match(WORD);
  }

  boolean symbol(char expected) {
    boolean there = next() == expected;
    at += there ? 1 : 0;
    return there;
  }

  void require(char expected) {
    if (!symbol(expected)) {
      throw expected("'" + expected + "'");
    }
  }

  /** The character that comes next; 0 at the end. */
  char next() {
    return atEnd() ? 0 : text.charAt(at);
  }

  Optional<String> match(Pattern pattern) {
    skipBlanks();
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher.group());
  }

  /** Reads a text in quotes; doubled ones stand for one. */
  String quoted() {
    char quote = next();
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

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  InvalidHubQuery expected(String what) {
    return expected(what, position());
  }

  InvalidHubQuery expected(String what, int position) {
    String rest = text.substring(position - 1);
    String shown = rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "...";
    return new InvalidHubQuery(
        "where, position %d: expected %s, found %s"
            .formatted(position, what, rest.isEmpty() ? "the end" : "'" + shown + "'"));
  }
}
