package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Credentials;
import dev.watchpost.element.Element;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances: created, changed and asked for. A change is checked whole before it is stored and
 * told to the listeners once it is committed. Thread-safe.
 *
 * <p>Every method that takes an id and changes something throws {@link NoSuchElementException}
 * where there is no such instance, and {@link InvalidInstance} with all that is wrong where the
 * result could not work; nothing is changed then.
 */
public final class Instances {
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
  private static final int TOKEN_BYTES = 32;

  private final InstanceStore store;
  private final InstanceCheck check;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final List<Consumer<Long>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Read> read = new ConcurrentHashMap<>();

  /** The resources of an instance as it was. */
  private record Read(Instance instance, List<Resource> resources) {
    boolean isOf(Instance other) {
      return instance == other
          || (instance.elementKey().equals(other.elementKey())
              && instance.configuration().equals(other.configuration()));
    }
  }

  public Instances(InstanceStore store, Catalogue catalogue, InstanceRules rules, Clock clock) {
    this.store = store;
    this.check = new InstanceCheck(catalogue, rules);
    this.clock = clock;
  }

  /** {@code listener} gets the id of every instance that was created, changed or deleted. */
  public void addListener(Consumer<Long> listener) {
    listeners.add(listener);
  }

  private void tell(long id) {
    for (Consumer<Long> listener : listeners) {
      try {
        listener.accept(id);
      } catch (RuntimeException e) {
        // the change is committed: whoever asked for it must not hear that it failed
        LOG.error("instance={} a listener failed", id, e);
      }
    }
  }

  /**
   * POST /instances.
   *
   * @param elementKeyFromPath of POST /elements/{key}/instances; null: the body names it
   * @throws InvalidInstance with all that is wrong
   */
  public Saved create(JsonNode body, String elementKeyFromPath) {
    return create(body, elementKeyFromPath, null);
  }

  private Saved create(JsonNode body, String elementKeyFromPath, String file) {
    Report report = new Report();
    InstanceRequest request = InstanceRequest.read(body, report);
    Element element = named(request.element(), elementKeyFromPath, report);
    Map<String, String> settings = settings("configuration", request.configuration(), report);
    Map<String, String> providerData = settings("providerData", request.providerData(), report);
    if (element != null) {
      check.check(element, settings, report);
    }
    report.refuse();
    Instance instance =
        store.insert(
            new Instance(
                0,
                newToken(),
                element.key(),
                request.name() == null ? element.key() : request.name(),
                request.tags() == null ? List.of() : request.tags(),
                settings,
                providerData,
                false,
                file,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    tell(instance.id());
    return new Saved(instance, report.warnings());
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

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * PUT: the body takes the place of name, tags and configuration; {@code ********} keeps what is
   * stored. providerData stays where the body has none. The element cannot change.
   */
  public Saved replace(long id, JsonNode body) {
    return change(id, body, false);
  }

  /**
   * PATCH: configuration and providerData merge, null removes a key, {@code ********} changes
   * nothing; name and tags replace.
   */
  public Saved patch(long id, JsonNode body) {
    return change(id, body, true);
  }

  /**
   * @param value null removes the setting
   */
  public Saved patchSetting(long id, String key, JsonNode value) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("configuration").set(key, value);
    return patch(id, body);
  }

  private Saved change(long id, JsonNode body, boolean merge) {
    Report report = new Report();
    InstanceRequest request = InstanceRequest.read(body, report);
    Instance changed = update(id, instance -> changed(instance, request, merge, report));
    return new Saved(changed, report.warnings());
  }

  private Instance changed(
      Instance instance, InstanceRequest request, boolean merge, Report report) {
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
      check.check(element, settings, report);
    }
    report.refuse();
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
        instance.createdDate());
  }

  private static <T> T otherwise(T value, T fallback) {
    return value == null ? fallback : value;
  }

  private Instance update(long id, UnaryOperator<Instance> change) {
    Instance changed = store.update(id, change).orElseThrow(() -> missing(id));
    tell(id);
    return changed;
  }

  private static NoSuchElementException missing(long id) {
    return new NoSuchElementException("no instance " + id);
  }

  /** Enables or disables polling and delivery. */
  public Instance setEnabled(long id, boolean enabled) {
    return update(id, instance -> instance.withDisabled(!enabled));
  }

  /** Deletes an instance and all that is known of its resources. */
  public void delete(long id) {
    if (!store.delete(id)) {
      throw missing(id);
    }
    read.remove(id);
    tell(id);
  }

  /**
   * The instance of a file in {@code routes/}: created, or replaced as by PUT.
   *
   * @param file its name, which is its identity
   */
  public Saved saveFile(String file, JsonNode body) {
    Optional<Instance> known = store.findByFile(file);
    return known.isPresent() ? replace(known.get().id(), body) : create(body, null, file);
  }

  public Optional<Instance> find(long id) {
    return store.find(id);
  }

  public Optional<Instance> findByToken(String token) {
    return store.findByToken(token);
  }

  public Optional<Instance> findByFile(String file) {
    return store.findByFile(file);
  }

  /** All instances that came from files. */
  public List<Instance> fromFiles() {
    return store.fromFiles();
  }

  /** Those that poll and are delivered to. */
  public List<Instance> active() {
    return store.list(InstanceQuery.first(Integer.MAX_VALUE)).instances().stream()
        .filter(Instance::active)
        .toList();
  }

  public InstanceQuery.Page list(InstanceQuery query) {
    return store.list(query);
  }

  /**
   * What an instance polls, in the order of its configuration.
   *
   * @throws InvalidInstance where it was stored when other rules held, or its element is gone
   */
  public List<Resource> resources(Instance instance) {
    Read known = read.get(instance.id());
    if (known != null && known.isOf(instance)) {
      return known.resources();
    }
    Report report = new Report();
    Element element = check.element(instance.elementKey(), report);
    report.refuse();
    List<Resource> resources = check.resources(element, instance.configuration(), report);
    report.refuse();
    read.put(instance.id(), new Read(instance, resources));
    return resources;
  }

  /** The element of an instance. */
  public Element element(Instance instance) {
    Report report = new Report();
    Element element = check.element(instance.elementKey(), report);
    report.refuse();
    return element;
  }

  /** What relative urls of its resources are appended to; null: it has none. */
  public String baseUrl(Instance instance) {
    return element(instance).baseUrl(instance.configuration());
  }

  /**
   * What the requests of an instance carry.
   *
   * @param resourceUrl the first url of the resource that is polled, absolute
   */
  public Credentials credentials(Instance instance, URI resourceUrl) {
    return Credentials.of(element(instance), instance.configuration(), resourceUrl, null);
  }
}
