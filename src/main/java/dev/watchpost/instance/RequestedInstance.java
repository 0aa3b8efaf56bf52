package dev.watchpost.instance;

import dev.watchpost.element.Element;
import dev.watchpost.resource.Report;
import dev.watchpost.tenant.Owner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The instance that a request asks for, checked whole. Every method throws {@link InvalidInstance}
 * with all that is wrong.
 */
record RequestedInstance(InstanceCheck check) {

  /**
   * @param inPath key or number of the element; null: the body names it
   * @param file null: created over REST
   * @param owner whose it is to be
   */
  Instance first(
      InstanceRequest request,
      String inPath,
      String token,
      InstanceFile file,
      Owner owner,
      Instant now,
      Report report) {
    Element element = named(request.element(), inPath, report);
    Map<String, String> settings = settings("configuration", request.configuration(), report);
    Map<String, String> providerData = settings("providerData", request.providerData(), report);
    if (element != null) {
      check.check(element, settings, providerData, report);
    }
    InvalidInstance.refuse(report);
    return new Instance(
        0,
        token,
        element.key(),
        otherwise(request.name(), element.key()),
        otherwise(request.tags(), List.of()),
        settings,
        providerData,
        false,
        file,
        owner,
        now.truncatedTo(ChronoUnit.MILLIS));
  }

  private Element named(String inBody, String inPath, Report report) {
    if (inBody == null && inPath == null) {
      report.problem("element", "is missing; name it by key or number: {\"key\":\"rest\"}");
      return null;
    }
    Element element = check.element(inPath == null ? inBody : inPath, report);
    if (element != null && inBody != null && inPath != null && !isNamed(element, inBody)) {
      report.problem(
          "element", "found '%s', and the path says '%s'; name one".formatted(inBody, inPath));
    }
    return element;
  }

  private static boolean isNamed(Element element, String keyOrNumber) {
    return keyOrNumber.equals(element.key()) || keyOrNumber.equals(Long.toString(element.number()));
  }

  private static Map<String, String> settings(
      String path, Map<String, String> sent, Report report) {
    return merged(path, Map.of(), sent, Map.of(), report);
  }

  /** {@code base} with what was sent: null removes, a mask keeps what is stored. */
  private static Map<String, String> merged(
      String path,
      Map<String, String> base,
      Map<String, String> sent,
      Map<String, String> stored,
      Report report) {
    Map<String, String> all = new LinkedHashMap<>(base);
    if (sent != null) {
      all.putAll(Unmasking.unmask(path, sent, stored, report));
    }
    all.values().removeIf(Objects::isNull);
    return all;
  }

  /**
   * @param merge what the request does not name stays (PATCH); else it goes (PUT)
   */
  Instance changed(Instance instance, InstanceRequest request, boolean merge, Report report) {
    Element element = check.element(instance.elementKey(), report);
    Map<String, String> stored = instance.configuration();
    Map<String, String> settings =
        merged("configuration", merge ? stored : Map.of(), request.configuration(), stored, report);
    Map<String, String> given = instance.providerData();
    boolean keep = merge || request.providerData() == null;
    Map<String, String> providerData =
        merged("providerData", keep ? given : Map.of(), request.providerData(), given, report);
    if (element != null) {
      if (request.element() != null && !isNamed(element, request.element())) {
        report.problem(
            "element",
            "found '%s', and the instance is of '%s', which cannot change; create a new instance"
                .formatted(request.element(), element.key()));
      }
      check.check(element, settings, providerData, report);
    }
    InvalidInstance.refuse(report);
    return new Instance(
        instance.id(),
        instance.token(),
        instance.elementKey(),
        otherwise(request.name(), merge ? instance.name() : instance.elementKey()),
        otherwise(request.tags(), merge ? instance.tags() : List.of()),
        settings,
        providerData,
        instance.disabled(),
        instance.file(),
        instance.owner(),
        instance.createdDate());
  }

  private static <T> T otherwise(T value, T fallback) {
    return value == null ? fallback : value;
  }
}
