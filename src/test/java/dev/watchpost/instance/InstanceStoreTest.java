package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.TestWatchpost;
import dev.watchpost.element.Catalogue;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Resource;
import dev.watchpost.store.Database;
import dev.watchpost.store.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What instances and their store promise, on either database. */
abstract class InstanceStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** For a lock; then its statement fails. */
  private static final Duration LONGER_THAN_H2_WAITS = Duration.ofMillis(2_500);

  private Database database;
  private Instances instances;
  private FileInstances files;

  abstract Database open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    database = open();
    database.write(handle -> handle.execute("delete from instance"));
    Secrets secrets = Secrets.withKeys(Secrets.newKey());
    InstanceStore store = new InstanceStore(database, secrets);
    instances = over(database, store, secrets);
    files = new FileInstances(instances, store);
  }

  static Instances over(Database database) {
    Secrets secrets = Secrets.withKeys(Secrets.newKey());
    return over(database, new InstanceStore(database, secrets), secrets);
  }

  private static Instances over(Database database, InstanceStore store, Secrets secrets) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Instances(
        store,
        Catalogue.builtIn(),
        InstanceRules.standard(),
        TestWatchpost.tokens(database, secrets, clock),
        clock);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private static JsonNode json(String text) {
    return Bodies.json(text);
  }

  @Test
  void the_request_of_the_spec_is_accepted_and_kept() {
    Saved saved = instances.create(Bodies.spec(), null);
    Instance instance = instances.find(saved.instance().id()).orElseThrow();

    assertThat(instance).isEqualTo(saved.instance());
    assertThat(instance.elementKey()).isEqualTo("rest");
    assertThat(instance.name()).isEqualTo("API_Polling");
    assertThat(instance.tags()).containsExactly("Test");
    assertThat(instance.token()).hasSize(43);
    assertThat(instance.createdDate()).isEqualTo(NOW);
    assertThat(instance.active()).isTrue();
    assertThat(instance.providerData()).containsOnlyKeys("code");
    assertThat(instance.configuration()).containsEntry("oauth.api.secret", "xxxx");
    assertThat(instances.findByToken(instance.token())).contains(instance);
    assertThat(instances.resources(instance))
        .extracting(Resource::name)
        .containsExactly("customers");
    assertThat(saved.warnings())
        .extracting(Problem::path)
        .containsExactly(
            "providerData.code", "configuration.event.poller.configuration.customers.url");
  }

  @Test
  void all_mistakes_are_told_at_once_and_nothing_is_stored() {
    JsonNode body =
        json(
            "{`element`:`rset`,`tags`:1,`name`:``,`configuration`:"
                + "{`event.notification.enabled`:`maybe`}}");

    assertThatThrownBy(() -> instances.create(body, null))
        .isInstanceOfSatisfying(
            InvalidInstance.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::path)
                    .containsExactlyInAnyOrder("element", "tags", "name"));
    assertThat(instances.list(InstanceQuery.first(10)).total()).isZero();
  }

  @Test
  void put_replaces_and_the_mask_means_unchanged() {
    Instance before = instances.create(Bodies.spec(), null).instance();
    Instance after =
        instances
            .replace(
                before.id(),
                json("{`configuration`:{`base.url`:`https://h`,`oauth.api.secret`:`********`}}"))
            .instance();

    assertThat(after.configuration())
        .containsOnlyKeys("base.url", "oauth.api.secret")
        .containsEntry("oauth.api.secret", "xxxx");
    assertThat(after.name()).isEqualTo("rest");
    assertThat(after.tags()).isEmpty();
    assertThat(after.token()).isEqualTo(before.token());
    assertThat(after.providerData()).isEqualTo(before.providerData());
    assertThat(instances.find(before.id())).contains(after);
  }

  @Test
  void patch_merges_and_null_removes() {
    Instance before = instances.create(Bodies.spec(), null).instance();
    Instance after =
        instances
            .patch(
                before.id(),
                json(
                    "{`tags`:[`b`],`configuration`:{`country`:null,`x`:1,"
                        + "`signature.secret`:`********`}}"))
            .instance();

    assertThat(after.configuration())
        .doesNotContainKey("country")
        .containsEntry("x", "1")
        .containsEntry("signature.secret", "xxxx")
        .containsEntry("base.url", "https://api.sage.example/v1");
    assertThat(after.tags()).containsExactly("b");
    assertThat(after.name()).isEqualTo("API_Polling");
  }

  @Test
  void mask_without_a_stored_value_is_refused() {
    assertThatThrownBy(
            () -> instances.create(Bodies.configured("`oauth.api.secret`:`********`"), null))
        .hasMessageContaining("configuration.oauth.api.secret")
        .hasMessageContaining("write the value");
  }

  @Test
  void what_is_shown_can_be_sent_back() {
    String poller =
        "`event.notification.callback.headers`:{`X-Tenant`:`tenant-secret`},"
            + "`event.poller.configuration`:{`a`:{`url`:`https://h/a`,`idField`:`id`,"
            + "`headers`:{`Authorization`:`Bearer abc`,`Accept`:`text/json`}}}";
    Instance before = instances.create(Bodies.configured(poller), null).instance();
    var shown = Masking.configuration(Bodies.REST, before);
    assertThat(shown.toString())
        .doesNotContain("tenant-secret", "Bearer abc")
        .contains("text/json");
    JsonNode body = json("{`configuration`:" + Json.write(shown) + "}");

    assertThat(instances.replace(before.id(), body).instance().configuration())
        .isEqualTo(before.configuration());
  }

  @Test
  void one_setting_is_changed_and_checked() {
    long id = instances.create(Bodies.spec(), null).instance().id();
    String interval = "event.poller.refresh_interval";

    Instance after = instances.patchSetting(id, interval, json("5")).instance();
    assertThat(instances.resources(after).get(0).refreshInterval()).hasMinutes(5);
    assertThatThrownBy(() -> instances.patchSetting(id, interval, json("0")))
        .hasMessageContaining("configuration.event.poller.refresh_interval: found '0'");
    assertThat(instances.find(id)).contains(after);
  }

  @Test
  void the_element_cannot_change() {
    long id = instances.create(Bodies.spec(), null).instance().id();

    assertThatThrownBy(() -> instances.patch(id, json("{`element`:{`id`:99}}")))
        .hasMessageContaining("cannot change");
    assertThat(instances.patch(id, json("{`element`:{`id`:1}}")).instance().id()).isEqualTo(id);
  }

  @Test
  void delivering_follows_enabled_and_disabled() {
    long id = instances.create(Bodies.spec(), null).instance().id();
    assertThat(delivering(id)).isTrue();
    instances.setEnabled(id, false);
    assertThat(delivering(id)).isFalse();
    assertThat(instances.find(id).orElseThrow().disabled()).isTrue();
    instances.setEnabled(id, true);
    assertThat(delivering(id)).isTrue();
    instances.patchSetting(id, "event.notification.enabled", json("`false`"));
    assertThat(delivering(id)).isFalse();
  }

  private boolean delivering(long id) {
    return database.read(
        handle ->
            handle
                .select("select delivering from instance where id = ?", id)
                .mapTo(Boolean.class)
                .one());
  }

  @Test
  void listeners_are_told_after_the_commit() {
    List<Long> told = new ArrayList<>();
    AtomicReference<String> seen = new AtomicReference<>();
    instances.addListener(
        id -> {
          told.add(id);
          seen.set(
              database.read(
                  handle ->
                      handle
                          .select("select name from instance where id = ?", id)
                          .mapTo(String.class)
                          .findOne()
                          .orElse("gone")));
        });

    long id = instances.create(Bodies.spec(), null).instance().id();
    assertThat(seen).hasValue("API_Polling");
    instances.patch(id, json("{`name`:`other`}"));
    assertThat(seen).hasValue("other");
    assertThatThrownBy(() -> instances.patch(id, json("{`name`:7}")));
    instances.delete(id);
    assertThat(seen).hasValue("gone");
    assertThat(told).containsExactly(id, id, id);
    assertThat(instances.find(id)).isEmpty();
    assertThatThrownBy(() -> instances.delete(id)).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void delete_waits_as_long_as_a_poll_needs_for_its_page() throws Exception {
    long id = instances.create(Bodies.spec(), null).instance().id();
    database.write(
        handle ->
            handle.execute(
                "insert into resource (instance_id, name, baseline, start_from) values (?, 'customers', '', ?)",
                id,
                NOW));
    CountDownLatch locked = new CountDownLatch(1);
    CompletableFuture<Void> page =
        CompletableFuture.runAsync(
            () ->
                database.write(
                    handle -> {
                      handle.execute("update resource set polls = 1 where instance_id = ?", id);
                      locked.countDown();
                      sleep(LONGER_THAN_H2_WAITS);
                    }));
    locked.await();

    instances.delete(id);

    assertThat(page).succeedsWithin(Duration.ofSeconds(1));
    assertThat(instances.find(id)).isEmpty();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void lists_by_tag_and_text_in_pages() {
    create("Alpha 100%", "`Test`,`a,\\`b`");
    create("beta", "`Tester`");
    create("gamma", "`x`,`Test`");

    assertThat(names(List.of("Test"), null)).containsExactly("Alpha 100%", "gamma");
    assertThat(names(List.of("Test", "x"), null)).containsExactly("gamma");
    assertThat(names(List.of("a,\"b"), null)).containsExactly("Alpha 100%");
    assertThat(names(List.of("b"), null)).isEmpty();
    assertThat(names(List.of(), "ALPHA")).containsExactly("Alpha 100%");
    assertThat(names(List.of(), "%")).containsExactly("Alpha 100%");
    assertThat(names(List.of(), "rest")).hasSize(3);
    InstanceQuery.Page page = instances.list(new InstanceQuery(null, List.of(), null, 2, 1));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.instances()).extracting(Instance::name).containsExactly("beta", "gamma");
  }

  private void create(String name, String tags) {
    instances.create(json("{`element`:1,`name`:`" + name + "`,`tags`:[" + tags + "]}"), null);
  }

  private List<String> names(List<String> tags, String text) {
    return instances.list(new InstanceQuery(null, tags, text, 10, 0)).instances().stream()
        .map(Instance::name)
        .toList();
  }

  private Instance known(String file) {
    return files.all().stream()
        .filter(of -> FileInstances.identity(of.file().name()).equals(FileInstances.identity(file)))
        .findFirst()
        .orElse(null);
  }

  private Instance save(String file, String body) {
    return files.save(file, known(file), json(body), json(body), Map.of()).instance();
  }

  @Test
  void a_file_is_one_instance_whatever_its_format() {
    Instance first = save("a.instance.yaml", Json.write(Bodies.spec()).replace('"', '`'));
    Instance again = save("a.instance.json", "{`element`:`rest`,`tags`:[`t`]}");

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.name()).isEqualTo("a");
    assertThat(again.configuration()).isEmpty();
    assertThat(again.providerData()).isEmpty();
    assertThat(files.all()).containsExactly(again);
  }

  @Test
  void a_file_that_says_nothing_new_changes_nothing() {
    List<Long> told = new ArrayList<>();
    Instance first = save("a.instance.yaml", "{`element`:`rest`}");
    instances.addListener(told::add);

    assertThat(save("a.instance.yaml", "{`element`:1,`name`:`a`}")).isEqualTo(first);
    assertThat(told).isEmpty();
    assertThat(version(first.id())).isZero();
  }

  private long version(long id) {
    return database.read(
        handle ->
            handle.select("select version from instance where id = ?", id).mapTo(Long.class).one());
  }

  @Test
  void an_instance_whose_file_is_gone_is_kept_and_stands_still_until_it_is_back() {
    String body = Json.write(Bodies.spec()).replace('"', '`');
    Instance before = save("a.instance.yaml", body);
    assertThat(instances.active()).containsExactly(before);

    Instance gone = files.removed(before);
    assertThat(gone.file().removed()).isTrue();
    assertThat(gone.disabled()).isFalse();
    assertThat(delivering(gone.id())).isFalse();
    assertThat(instances.active()).isEmpty();
    assertThatThrownBy(() -> instances.setEnabled(gone.id(), true))
        .isInstanceOf(InstanceOfFile.class)
        .hasMessageContaining("routes/a.instance.yaml is gone; put it back");

    assertThat(save("a.instance.yaml", body)).isEqualTo(before);
    assertThat(instances.active()).containsExactly(before);
  }

  @Test
  void a_file_that_comes_back_does_not_enable_what_a_user_disabled() {
    Instance before = save("a.instance.yaml", "{`element`:`rest`}");
    instances.setEnabled(before.id(), false);
    files.removed(before);

    assertThat(save("a.instance.yaml", "{`element`:`rest`}").disabled()).isTrue();
  }

  @Test
  void what_is_a_files_is_changed_in_the_file() {
    long id = save("a.instance.yaml", "{`element`:`rest`}").id();
    String change = "instance %d is that of a file; change routes/a.instance.yaml".formatted(id);

    assertThatThrownBy(() -> instances.replace(id, json("{}"))).hasMessage(change);
    assertThatThrownBy(() -> instances.patch(id, json("{}"))).hasMessage(change);
    assertThatThrownBy(() -> instances.patchSetting(id, "x", json("1"))).hasMessage(change);
    assertThatThrownBy(() -> instances.delete(id))
        .isInstanceOf(InstanceOfFile.class)
        .hasMessageContaining("remove routes/a.instance.yaml first");

    files.removed(instances.find(id).orElseThrow());
    instances.delete(id);
    assertThat(instances.find(id)).isEmpty();
  }

  @Test
  void what_came_by_a_placeholder_is_shown_as_the_placeholder() {
    JsonNode written =
        json(
            "{`element`:`rest`,`configuration`:{`base.url`:`https://${env:HOST}`,`x.secret`:`${env:S}`,`y`:1}}");
    JsonNode resolved =
        json(
            "{`element`:`rest`,`configuration`:{`base.url`:`https://h.example`,`x.secret`:`abc`,`y`:1}}");
    Instance instance =
        files.save("a.instance.yaml", null, written, resolved, Map.of("S", "abc")).instance();

    assertThat(instance.configuration()).containsEntry("base.url", "https://h.example");
    assertThat(Masking.configuration(Bodies.REST, instances.find(instance.id()).orElseThrow()))
        .containsEntry("base.url", "https://${env:HOST}")
        .containsEntry("x.secret", Masking.MASK)
        .containsEntry("y", "1");
  }

  @Test
  void a_mask_in_a_file_is_refused() {
    String body = "{`element`:`rest`,`configuration`:{`x.secret`:`%s`}}";
    save("a.instance.yaml", body.formatted("abc"));

    assertThatThrownBy(() -> save("a.instance.yaml", body.formatted(Masking.MASK)))
        .hasMessage("configuration.x.secret: found '********'; write the value, or ${env:NAME}");
  }

  @Test
  void active_instances_are_read_again_only_where_they_changed() {
    Instance a = instances.create(Bodies.spec(), null).instance();
    Instance b = instances.create(Bodies.spec(), null).instance();
    List<Instance> first = instances.active();
    Instance changed = instances.patch(b.id(), json("{`name`:`other`}")).instance();
    List<Instance> second = instances.active();

    assertThat(first).containsExactly(a, b);
    assertThat(second).containsExactly(a, changed);
    assertThat(second.get(0)).isSameAs(first.get(0));
    instances.setEnabled(a.id(), false);
    assertThat(instances.active()).containsExactly(changed);
    assertThat(instances.active().get(0)).isSameAs(second.get(1));
  }
}
