package dev.watchpost.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer's body as UTF-8 without a byte order mark.
 *
 * @param first its first character that is no white space
 * @param utf8 all of it
 */
record AnswerText(char first, InputStream utf8) {

  private static final int HEAD = 4_096;
  private static final int MAX_TITLE = 60;
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>(.*?)</title", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern HTML =
      Pattern.compile("<(!doctype\\s+html|html|head|body|title)\\b", Pattern.CASE_INSENSITIVE);

  /**
   * @param contentType of the answer, null where it has none
   * @throws UnusableAnswer where it is empty, HTML or XML
   */
  static AnswerText open(InputStream body, String contentType) throws IOException {
    InputStream utf8 = AnswerCharset.utf8(body, contentType);
    byte[] head = utf8.readNBytes(HEAD);
    String text = new String(head, StandardCharsets.UTF_8).strip();
    if (text.isEmpty() && head.length < HEAD) {
      throw new UnusableAnswer("the answer is empty where JSON was expected");
    }
    if (text.startsWith("<")) {
      throw new UnusableAnswer(markup(text));
    }
    if (text.isEmpty()) {
      throw new UnusableAnswer("the answer begins with 4 KiB of white space");
    }
    return new AnswerText(
        text.charAt(0), new SequenceInputStream(new ByteArrayInputStream(head), utf8));
  }

  private static String markup(String text) {
    if (!HTML.matcher(text).find()) {
      return "the answer is XML, not JSON";
    }
    Matcher title = TITLE.matcher(text);
    return "the answer is HTML, not JSON" + (title.find() ? ": " + shown(title.group(1)) : "");
  }

  private static String shown(String title) {
    String line = title.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= MAX_TITLE ? line : line.substring(0, MAX_TITLE);
  }
}
