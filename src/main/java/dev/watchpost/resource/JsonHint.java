package dev.watchpost.resource;

import java.util.regex.Pattern;

/** Why a text that should be JSON often is none, with the fix. */
final class JsonHint {
  private static final Pattern SINGLE_QUOTED = Pattern.compile("^\\s*\\{\\s*'");
  private static final Pattern COMMA_AT_END = Pattern.compile(",\\s*[}\\]]");

  static final String CURL = "is a curl command; give only the JSON that follows its -d";

  private JsonHint() {}

  static boolean isCurl(String text) {
    return text.stripLeading().startsWith("curl ");
  }

  /** Words to follow the parser's own; empty where nothing is known. */
  static String of(String text) {
    if (text.contains("'\\''")) {
      return "; it holds quotes escaped for a shell: write ' for '\\''";
    } else if (text.stripLeading().startsWith("{\\\"")) {
      return "; its quotes are escaped once too often: write \" for \\\"";
    } else if (text.indexOf('\u201c') >= 0 || text.indexOf('\u201d') >= 0) {
      return "; it holds curly quotes: write \"";
    } else if (SINGLE_QUOTED.matcher(text).find()) {
      return "; JSON wants double quotes around names and texts";
    } else if (COMMA_AT_END.matcher(text).find()) {
      return "; a comma before a closing bracket is one too many";
    }
    return "";
  }
}
