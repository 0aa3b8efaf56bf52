package dev.watchpost.element;

import java.util.Map;
import java.util.Optional;

/**
 * A setting that instances of an element have.
 *
 * @param key in the instance's configuration
 * @param description for people; empty: none
 * @param required an instance without it is refused
 * @param secret never shown
 * @param defaultValue what holds where the instance does not set it; null: none
 * @param choices the values it can have, each with further settings that follow from it, such as
 *     the host of a country; empty: any value
 * @param example how a value looks; null: none
 */
public record Setting(
    String key,
    String description,
    boolean required,
    boolean secret,
    String defaultValue,
    Map<String, Map<String, String>> choices,
    String example) {

  /** Whether it can have this value. */
  public boolean takes(String value) {
    return choices.isEmpty() || following(value).isPresent();
  }

  /** What follows from a value, whatever its case; empty where it is none of the choices. */
  Optional<Map<String, String>> following(String value) {
    return choices.entrySet().stream()
        .filter(choice -> choice.getKey().equalsIgnoreCase(value.strip()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
