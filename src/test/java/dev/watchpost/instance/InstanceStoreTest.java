package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.TestWatchpost;
import dev.watchpost.element.Catalogue;
import dev.watchpost.store.Database;
import dev.watchpost.store.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What instances and their store promise, on either database. */
abstract class InstanceStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Database database;
  private Instances instances;

  abstract Database open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    database = open();
    database.write(handle -> handle.execute("delete from instance"));
    instances = over(database);
  }

  static Instances over(Database database) {
    Secrets secrets = Secrets.withKey(Secrets.newKey());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Instances(
        new InstanceStore(database, secrets),
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
        .containsExactly("configuration.event.poller.configuration.customers.url");
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
    InstanceQuery.Page page = instances.list(new InstanceQuery(List.of(), null, 2, 1));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.instances()).extracting(Instance::name).containsExactly("beta", "gamma");
  }

  private void create(String name, String tags) {
    instances.create(json("{`element`:1,`name`:`" + name + "`,`tags`:[" + tags + "]}"), null);
  }

  private List<String> names(List<String> tags, String text) {
    return instances.list(new InstanceQuery(tags, text, 10, 0)).instances().stream()
        .map(Instance::name)
        .toList();
  }

  @Test
  void a_file_is_one_instance() {
    Instance first = instances.saveFile("a.instance.yaml", Bodies.spec()).instance();
    Instance again = instances.saveFile("a.instance.yaml", json("{`name`:`n`}")).instance();

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.name()).isEqualTo("n");
    assertThat(instances.fromFiles()).containsExactly(again);
    assertThat(instances.findByFile("a.instance.yaml")).contains(again);
  }
}
