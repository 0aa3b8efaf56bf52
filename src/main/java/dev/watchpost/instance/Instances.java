package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Credentials;
import dev.watchpost.element.Element;
import dev.watchpost.oauth.AccessTokens;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import dev.watchpost.tenant.Owner;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
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
  private final RequestedInstance requested;
  private final Authentication authentication;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final List<Consumer<Long>> listeners = new CopyOnWriteArrayList<>();
  private final WatchedResources resources;

  public Instances(
      InstanceStore store,
      Catalogue catalogue,
      InstanceRules rules,
      AccessTokens tokens,
      Clock clock) {
    this.store = store;
    this.check = new InstanceCheck(catalogue, rules);
    this.resources = new WatchedResources(check);
    this.requested = new RequestedInstance(check);
    this.authentication = new Authentication(tokens);
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
   * POST /instances. Where its authentication is OAuth2 the tokens are asked for first.
   *
   * @param elementKeyFromPath of POST /elements/{key}/instances; null: the body names it
   * @throws InvalidInstance with all that is wrong
   * @throws dev.watchpost.oauth.OAuthFailure where the OAuth2 server gives no token
   */
  public Saved create(JsonNode body, String elementKeyFromPath) {
    return create(body, elementKeyFromPath, Owner.DEFAULT, (handle, saved) -> {});
  }

  /**
   * As {@link #create(JsonNode, String)}.
   *
   * @param also what is written with it, in the same transaction; where it throws, nothing is
   */
  public Saved create(
      JsonNode body, String elementKeyFromPath, Owner owner, BiConsumer<Handle, Saved> also) {
    return create(body, elementKeyFromPath, null, owner, also);
  }

  /** That of a file. */
  Saved createOfFile(JsonNode body, InstanceFile file) {
    return create(body, null, file, Owner.DEFAULT, (handle, saved) -> {});
  }

  private Saved create(
      JsonNode body,
      String elementKeyFromPath,
      InstanceFile file,
      Owner owner,
      BiConsumer<Handle, Saved> also) {
    Report report = new Report();
    InstanceRequest request = InstanceRequest.read(body, report);
    Instance wanted =
        requested.first(
            request, elementKeyFromPath, newToken(), file, owner, clock.instant(), report);
    ObjLongConsumer<Handle> tokens = authentication.change(element(wanted), null, wanted, report);
    Instance instance =
        store.insert(
            wanted,
            (handle, id) -> {
              tokens.accept(handle, id);
              also.accept(handle, new Saved(wanted.withId(id), report.warnings()));
            });
    tell(instance.id());
    return new Saved(instance, report.warnings());
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * PUT: the body takes the place of name, tags and configuration; {@code ********} keeps what is
   * stored. providerData stays where the body has none. The element cannot change. A new code in
   * providerData, as well as a change of what client credentials or a password are asked with, asks
   * the OAuth2 server for new tokens first.
   *
   * @throws dev.watchpost.oauth.OAuthFailure where it gives none
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
    Instance instance = find(id).orElseThrow(() -> missing(id));
    if (instance.file() != null) {
      throw InstanceOfFile.change(instance);
    }
    ObjLongConsumer<Handle> also = authenticated(instance, request, merge);
    Instance changed =
        update(id, current -> requested.changed(current, request, merge, report), also);
    return new Saved(changed, report.warnings());
  }

  /** As {@link #replace(long, JsonNode)}, by its file; nothing is stored where nothing changes. */
  Saved replace(Instance instance, JsonNode body, InstanceFile file) {
    Report report = new Report();
    InstanceRequest request = InstanceRequest.read(body, report);
    Instance wanted = requested.changed(instance, request, false, report).withFile(file);
    if (wanted.equals(instance)) {
      return new Saved(instance, report.warnings());
    }
    ObjLongConsumer<Handle> also =
        authentication.change(element(instance), instance, wanted, new Report());
    return new Saved(
        update(
            instance.id(),
            current -> requested.changed(current, request, false, new Report()).withFile(file),
            also),
        report.warnings());
  }

  /** Its file is gone. */
  Instance removed(long id) {
    return update(
        id, instance -> instance.withFile(instance.file().asRemoved()), (handle, changed) -> {});
  }

  /** Tokens are asked for before the change is stored: no transaction waits for a server. */
  private ObjLongConsumer<Handle> authenticated(
      Instance instance, InstanceRequest request, boolean merge) {
    Report report = new Report();
    Instance wanted = requested.changed(instance, request, merge, report);
    return authentication.change(element(instance), instance, wanted, report);
  }

  private Instance update(long id, UnaryOperator<Instance> change, ObjLongConsumer<Handle> also) {
    Instance changed = store.update(id, change, also).orElseThrow(() -> missing(id));
    tell(id);
    return changed;
  }

  private static NoSuchElementException missing(long id) {
    return new NoSuchElementException("no instance " + id);
  }

  /** Enables or disables polling and delivery. */
  public Instance setEnabled(long id, boolean enabled) {
    return update(id, instance -> enabled(instance, enabled), (handle, changed) -> {});
  }

  private static Instance enabled(Instance instance, boolean enabled) {
    if (enabled && instance.file() != null && instance.file().removed()) {
      throw InstanceOfFile.enable(instance);
    }
    return instance.withDisabled(!enabled);
  }

  /** Deletes an instance and all that is known of its resources. */
  public void delete(long id) {
    Instance instance = find(id).orElseThrow(() -> missing(id));
    if (instance.file() != null && !instance.file().removed()) {
      throw InstanceOfFile.delete(instance);
    }
    if (!store.delete(id)) {
      throw missing(id);
    }
    resources.forget(id);
    tell(id);
  }

  public Optional<Instance> find(long id) {
    return store.find(id);
  }

  public Optional<Instance> findByToken(String token) {
    return store.findByToken(token);
  }

  /** True where it takes the webhooks of its source. */
  public boolean byWebhooks(Instance instance) {
    return SettingsCheck.byWebhooks(element(instance).withDefaults(instance.configuration()));
  }

  /** Those that poll and are delivered to. */
  public List<Instance> active() {
    return store.active();
  }

  public InstanceQuery.Page list(InstanceQuery query) {
    return store.list(query);
  }

  /**
   * What an instance polls, in the order of its configuration. Where its element was changed such
   * that it does not work any more: what it polled until then.
   *
   * @throws InvalidInstance where it was stored when other rules held, or its element is gone
   */
  public List<Resource> resources(Instance instance) {
    return resources.of(instance, element(instance)).resources();
  }

  /**
   * As what a record is read that a webhook tells: the resource of that name that the instance
   * polls, else the element's own, else one whose id is {@code id}.
   */
  public Resource told(Instance instance, String objectType) {
    return resources(instance).stream()
        .filter(resource -> resource.name().equals(objectType))
        .findFirst()
        .orElseGet(() -> UnwatchedResource.told(element(instance), instance, objectType));
  }

  /** Why an instance does not work as it and its element are now; empty: it does. */
  public List<Problem> problems(Instance instance) {
    try {
      return resources.of(instance, element(instance)).problems();
    } catch (InvalidInstance e) {
      return e.problems();
    }
  }

  /** The element of an instance. */
  public Element element(Instance instance) {
    Report report = new Report();
    Element element = check.element(instance.elementKey(), report);
    InvalidInstance.refuse(report);
    return element;
  }

  /** What relative urls of its resources are appended to; null: it has none. */
  public String baseUrl(Instance instance) {
    return element(instance).baseUrl(instance.configuration());
  }

  /**
   * What the requests of an instance carry. Where its authentication is OAuth2 and its access token
   * is about to end, a new one is asked for.
   *
   * @param resourceUrl the first url of the resource that is polled, absolute
   * @throws dev.watchpost.oauth.OAuthFailure where there is no token
   */
  public Credentials credentials(Instance instance, URI resourceUrl) {
    return authentication.credentials(element(instance), instance, resourceUrl);
  }

  /**
   * Others than those a source has refused; empty where the instance has no others.
   *
   * @throws dev.watchpost.oauth.OAuthFailure where the OAuth2 server gives no token
   */
  public Optional<Credentials> renewed(Instance instance, URI resourceUrl, Credentials refused) {
    return authentication.renewed(element(instance), instance, resourceUrl, refused);
  }
}
