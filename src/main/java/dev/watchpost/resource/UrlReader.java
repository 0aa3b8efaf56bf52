package dev.watchpost.resource;

import dev.watchpost.date.TokenTemplate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the url settings of a resource.
 *
 * @param baseUrl of relative ones; null: there is none
 * @param settings of the instance, which fill the placeholders
 * @param hubs checks those of hubs
 */
record UrlReader(String baseUrl, Map<String, String> settings, HubUrls hubs) {
  private static final int LONGEST = 8000;
  private static final Pattern PROPERTY = Pattern.compile("\\{\\{[^{}]+}}");

  /** Null where it is absent or cannot work; the latter is reported. */
  TokenTemplate read(Fields fields, String key) {
    String text = fields.text(key);
    if (text == null) {
      return null;
    }
    String url = text.strip();
    if (url.length() > LONGEST) {
      fields.problem(key, "is longer than %d characters; shorten it".formatted(LONGEST));
      return null;
    }
    String wrong =
        UrlCheck.isAbsolute(url) ? UrlCheck.absolute(url) : UrlCheck.relative(url, baseUrl);
    if (wrong != null) {
      fields.problem(key, wrong);
    }
    TokenTemplate template = fields.template(key, url);
    if (template == null || wrong != null) {
      return null;
    }
    checkBraces(fields, key, template);
    warn(fields, key, template);
    hubs.check(fields, key, template);
    return template;
  }

  private static void checkBraces(Fields fields, String key, TokenTemplate template) {
    String url = template.source();
    if (UrlCheck.bracesMatch(url)) {
      return;
    }
    String odd = "found '%s', where a brace has no partner".formatted(Report.shown(url));
    if (template.hasTokens() || UrlCheck.holdsVariable(url)) {
      fields.problem(key, odd + ": write tokens as ${date:yyyy-MM-dd}");
    } else {
      fields.warn(key, odd);
    }
  }

  private void warn(Fields fields, String key, TokenTemplate template) {
    Matcher property = PROPERTY.matcher(template.source());
    if (property.find()) {
      fields.problem(
          key,
          "holds %s, which is filled in only in files under routes/; write its value"
              .formatted(property.group()));
    }
    fields.warnOfBlank(key, template.source());
    String odd = UrlCheck.oddity(template.source());
    if (odd != null) {
      fields.warn(key, odd);
    }
    for (String name : template.placeholders()) {
      if (!settings.containsKey(name)) {
        withoutSetting(fields, key, name);
      }
    }
  }

  private static void withoutSetting(Fields fields, String key, String name) {
    TokenTemplate.meantBy(name)
        .ifPresentOrElse(
            token ->
                fields.problem(
                    key, "holds {%s}, which is no token; did you mean %s?".formatted(name, token)),
            () ->
                fields.warn(
                    key,
                    "holds {%s}, and the configuration has no '%s'; set configuration.%s"
                        .formatted(name, name, name)));
  }
}
