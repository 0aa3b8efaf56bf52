package dev.watchpost.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.watchpost.element.Element;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Masking;
import dev.watchpost.instance.Problem;
import java.util.List;
import java.util.Map;

/**
 * An instance as it is answered (CE), secrets masked.
 *
 * @param warnings of the write that is answered; left out where there are none
 */
record InstanceJson(
    long id,
    String name,
    String token,
    OfElement element,
    long elementId,
    List<String> tags,
    boolean valid,
    boolean disabled,
    Map<String, String> configuration,
    boolean eventsEnabled,
    String createdDate,
    User user,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty List<Problem> warnings) {

  /** Which element it is of. */
  record OfElement(long id, String key, String name, String hub) {}

  /** Whose it is: there is one user. */
  record User(long id) {}

  /**
   * @param element null: it is no longer in the catalogue, and the instance is not valid
   */
  static InstanceJson of(Instance instance, Element element, List<Problem> warnings) {
    long number = element == null ? 0 : element.number();
    return new InstanceJson(
        instance.id(),
        instance.name(),
        instance.token(),
        element == null
            ? new OfElement(0, instance.elementKey(), instance.elementKey(), null)
            : new OfElement(number, element.key(), element.name(), element.hub()),
        number,
        instance.tags(),
        element != null,
        instance.disabled(),
        configuration(instance, element),
        Boolean.parseBoolean(instance.configuration().get("event.notification.enabled")),
        instance.createdDate().toString(),
        new User(1),
        warnings);
  }

  /** Without its element nobody knows which settings are secret: none is shown. */
  static Map<String, String> configuration(Instance instance, Element element) {
    return element == null ? Map.of() : Masking.configuration(element, instance);
  }
}
