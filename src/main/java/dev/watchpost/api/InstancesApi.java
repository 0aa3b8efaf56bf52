package dev.watchpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InstanceQuery;
import dev.watchpost.instance.Instances;
import dev.watchpost.instance.Saved;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.resource.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of the tag instances. */
final class InstancesApi {
  private final Instances instances;
  private final Catalogue catalogue;
  private final Outbox outbox;
  private final IdempotencyKeys keys;

  InstancesApi(Instances instances, Catalogue catalogue, Outbox outbox, IdempotencyKeys keys) {
    this.instances = instances;
    this.catalogue = catalogue;
    this.outbox = outbox;
    this.keys = keys;
  }

  public Reply createInstance(Call call) {
    return create(call, null);
  }

  public Reply createInstanceOfElement(Call call) {
    return create(call, call.element(catalogue).key());
  }

  private Reply create(Call call, String elementKey) {
    Optional<String> key = call.idempotencyKey();
    if (key.isEmpty()) {
      return saved(instances.create(call.object(), elementKey, call.caller(), (tx, saved) -> {}));
    }
    return keys.once(
        call.caller().organization(),
        key.get(),
        call.fingerprint(),
        answered ->
            instances.create(
                call.object(),
                elementKey,
                call.caller(),
                (tx, saved) -> answered.accept(tx, shown(saved.instance(), saved.warnings()))));
  }

  /** With an Element token the instance itself (CE). */
  public Reply listInstances(Call call) {
    if (call.own() != null) {
      return getInstance(call);
    }
    Page page = Page.of(call);
    InstanceQuery.Page found =
        instances.list(
            new InstanceQuery(
                call.caller().organization(),
                tags(call),
                call.query("searchText"),
                page.size(),
                page.offset()));
    List<InstanceJson> shown =
        found.instances().stream().map(instance -> shown(instance, List.of())).toList();
    return page.reply(shown, found.total());
  }

  private static List<String> tags(Call call) {
    List<String> tags = call.queries("tags[]");
    return tags.isEmpty() ? call.queries("tags") : tags;
  }

  public Reply getInstance(Call call) {
    return Reply.ok(shown(instance(call), List.of()));
  }

  public Reply replaceInstance(Call call) {
    return saved(instances.replace(instance(call).id(), call.object()));
  }

  public Reply replaceOwnInstance(Call call) {
    return replaceInstance(call);
  }

  public Reply patchInstance(Call call) {
    return saved(instances.patch(instance(call).id(), call.object()));
  }

  public Reply patchOwnInstance(Call call) {
    return patchInstance(call);
  }

  public Reply deleteInstance(Call call) {
    instances.delete(call.instanceId());
    return Reply.done();
  }

  public Reply deleteOwnInstance(Call call) {
    return deleteInstance(call);
  }

  /** Also forgets that the callback answered 410: an operator who enables wants it tried. */
  public Reply enableInstance(Call call) {
    Instance enabled = instances.setEnabled(call.instanceId(), true);
    outbox.enableDelivery(enabled.id());
    return Reply.ok(shown(enabled, List.of()));
  }

  public Reply disableInstance(Call call) {
    return Reply.ok(shown(instances.setEnabled(call.instanceId(), false), List.of()));
  }

  public Reply getConfiguration(Call call) {
    Instance instance = instance(call);
    return Reply.ok(InstanceJson.configuration(instance, element(instance)));
  }

  public Reply getSetting(Call call) {
    Instance instance = instance(call);
    String key = call.parameter("key");
    String value = InstanceJson.configuration(instance, element(instance)).get(key);
    if (value == null) {
      throw Refusal.notFound("instance %d has no setting '%s'".formatted(instance.id(), key));
    }
    return Reply.ok(new SettingJson(key, value, List.of()));
  }

  /** The body is {@code {"value": ..}}; null removes the setting. */
  public Reply patchSetting(Call call) {
    Instance instance = instance(call);
    String key = call.parameter("key");
    JsonNode value = call.object().get("value");
    if (value == null) {
      throw Refusal.invalid("value", "is missing; send {\"value\": ..}, null removes the setting");
    }
    Saved saved = instances.patchSetting(instance.id(), key, value);
    Map<String, String> shown =
        InstanceJson.configuration(saved.instance(), element(saved.instance()));
    return Reply.ok(new SettingJson(key, shown.get(key), saved.warnings()));
  }

  /**
   * One setting.
   *
   * @param value masked where it is a secret; null: it was removed
   * @param warnings of the write that is answered
   */
  record SettingJson(String key, String value, List<Problem> warnings) {}

  private Instance instance(Call call) {
    long id = call.instanceId();
    return instances.find(id).orElseThrow(() -> Refusal.notFound("no instance " + id));
  }

  private Element element(Instance instance) {
    return catalogue.find(instance.elementKey()).orElse(null);
  }

  private Reply saved(Saved saved) {
    return Reply.ok(shown(saved.instance(), saved.warnings()));
  }

  private InstanceJson shown(Instance instance, List<Problem> warnings) {
    return InstanceJson.of(
        instance,
        element(instance),
        outbox.endpoint(instance.id()).orElse(null),
        instances.problems(instance),
        warnings);
  }
}
