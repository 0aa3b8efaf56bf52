package dev.watchpost.source;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.instance.Masking;
import dev.watchpost.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is a secret by its name, and may get into a request beside the instance's credentials: a
 * setting that fills a placeholder, a header of the resource, a parameter that someone wrote into
 * its url.
 */
final class HeldSecrets {
  /** Shorter texts are rather a switch or a number than a secret. */
  private static final int SHORTEST = 6;

  private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&#]+)=([^&#]+)");

  private HeldSecrets() {}

  /**
   * @param text of a header's value
   */
  static List<String> of(
      Resource resource, Map<String, String> settings, Function<TokenTemplate, String> text) {
    List<String> held = new ArrayList<>();
    settings.forEach((name, value) -> add(held, name, value));
    resource.headers().forEach((name, value) -> add(held, name, text.apply(value)));
    Matcher parameter = PARAMETER.matcher(resource.url().source());
    while (parameter.find()) {
      if (!parameter.group(2).contains("{")) {
        add(held, parameter.group(1), parameter.group(2));
      }
    }
    return held;
  }

  private static void add(List<String> held, String name, String value) {
    if (Masking.isSecret(name) && value.strip().length() >= SHORTEST) {
      held.add(value.strip());
    }
  }
}
