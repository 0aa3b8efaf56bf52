package dev.watchpost.guide;

import com.samskivert.mustache.Escapers;
import java.util.regex.Pattern;

/** Texts as HTML, everything in them escaped. */
final class Prose {
  /** A backtick, as the escaper writes it. */
  private static final String TICK = "&#x60;";

  private static final Pattern CODE = Pattern.compile(TICK + "(.+?)" + TICK);
  private static final Pattern FIELD = Pattern.compile("(?m)^( *)(&quot;[^\n]*?&quot;):");

  private Prose() {}

  /** A sentence, <code>`names`</code> as code. */
  static String html(String text) {
    return CODE.matcher(Escapers.HTML.escape(text)).replaceAll("<code>$1</code>");
  }

  /** JSON with a field a line, their names marked. */
  static String json(String text) {
    return FIELD.matcher(Escapers.HTML.escape(text)).replaceAll("$1<b>$2</b>:");
  }
}
