package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** The parser's current text without making a String of it; valid until the next token. */
final class TextView implements CharSequence {

  private char[] chars;
  private int offset;
  private int length;

  TextView of(JsonParser parser) throws IOException {
    chars = parser.getTextCharacters();
    offset = parser.getTextOffset();
    length = parser.getTextLength();
    return this;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[offset + index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(chars, offset + start, end - start);
  }

  @Override
  public String toString() {
    return new String(chars, offset, length);
  }
}
