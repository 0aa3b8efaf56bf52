package dev.watchpost.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.watchpost.element.Element;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InstanceFile;
import dev.watchpost.instance.Masking;
import dev.watchpost.outbox.EndpointState;
import dev.watchpost.resource.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An instance as it is answered (CE), secrets masked.
 *
 * @param disabled by a user, or because its file is gone
 * @param file that describes it; left out where it was created over REST
 * @param problems why it is not valid; left out where it is
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty OfFile file,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty Delivery delivery,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty List<Problem> problems,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty List<Problem> warnings) {

  /** Which element it is of. */
  record OfElement(long id, String key, String name, String hub) {}

  /** The file it comes from, and whether it is gone. */
  record OfFile(String name, boolean removed) {
    static OfFile of(InstanceFile file) {
      return file == null ? null : new OfFile(file.path(), file.removed());
    }
  }

  /**
   * Why nothing is delivered: the callback answered 410, or asked for patience.
   *
   * @param slowUntil nothing is sent before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delivery(boolean disabled, String slowUntil, String reason) {
    static Delivery of(EndpointState state) {
      return state == null
          ? null
          : new Delivery(
              state.disabled(), Objects.toString(state.slowUntil(), null), state.reason());
    }
  }

  /** Who created it. */
  record User(long id) {}

  /**
   * @param element null: it is no longer in the catalogue
   * @param delivery null: nothing is known against its callback
   * @param problems why it is not valid; empty: it is
   */
  static InstanceJson of(
      Instance instance,
      Element element,
      EndpointState delivery,
      List<Problem> problems,
      List<Problem> warnings) {
    OfFile file = OfFile.of(instance.file());
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
        problems.isEmpty(),
        instance.disabled() || (file != null && file.removed()),
        configuration(instance, element),
        Boolean.parseBoolean(instance.configuration().get("event.notification.enabled")),
        instance.createdDate().toString(),
        new User(instance.owner().user()),
        file,
        Delivery.of(delivery),
        problems,
        warnings);
  }

  /** Without its element nobody knows which settings are secret: none is shown. */
  static Map<String, String> configuration(Instance instance, Element element) {
    return element == null ? Map.of() : Masking.configuration(element, instance);
  }
}
