package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchpost.file.FileReport;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.file.Note;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.InstanceQuery;
import dev.watchpost.poll.PollReport;
import dev.watchpost.resource.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What instance files say is stored, or reported; looks are made by the test. */
class InstanceFilesTest {
  private static final String GOOD =
      """
      element: {key: rest}
      tags: [Test]
      configuration:
        base.url: https://api.example.com
        account: 0012
        event.notification.enabled: true
        event.notification.callback.url: https://hooks.example.com/in
        event.poller.configuration:
          customers:
            url: /customers?since=${gmtDate:yyyy-MM-dd}
            idField: id
      """;

  @TempDir Path parent;
  private final String database = TestDatabase.H2.freshUrl();
  private Path routes;
  private Path elements;
  private TestWatchpost running;

  @BeforeEach
  void install() throws Exception {
    routes = Files.createDirectories(parent.resolve("routes"));
    elements = Files.createDirectories(parent.resolve("elements"));
    running =
        new TestWatchpost(
            database,
            Clock.systemUTC(),
            Map.of(
                "watchpost.routes.directory", routes.toString(),
                "watchpost.elements.directory", elements.toString()));
  }

  private void installAgain() throws Exception {
    running.close();
    install();
  }

  @AfterEach
  void close() {
    running.close();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(routes.resolve(file), text);
    settle();
  }

  private void remove(String file) throws IOException {
    Files.delete(routes.resolve(file));
    settle();
  }

  /** A change counts at the second look. */
  private void settle() {
    running.watchpost().files().look();
    running.watchpost().files().look();
  }

  private List<Instance> instances() {
    return running.watchpost().instances().list(InstanceQuery.first(10)).instances();
  }

  private Instance only() {
    assertThat(instances()).hasSize(1);
    return instances().get(0);
  }

  private Optional<FileReport> find(String file) {
    return running.watchpost().files().reports().stream()
        .filter(report -> report.file().equals(file))
        .findFirst();
  }

  private FileReport report(String file) {
    return find("routes/" + file).orElseThrow();
  }

  private String errors(String file) {
    return report(file).errors().stream().map(Note::toString).toList().toString();
  }

  @Test
  void a_file_is_the_body_of_a_post() throws Exception {
    write("shop.instance.yaml", GOOD);

    Instance shop = only();
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.token()).hasSize(43);
    assertThat(shop.tags()).containsExactly("Test");
    assertThat(shop.active()).isTrue();
    assertThat(shop.configuration()).containsEntry("account", "0012");
    assertThat(running.watchpost().instances().resources(shop))
        .extracting(Resource::name)
        .containsExactly("customers");
    assertThat(report("shop.instance.yaml"))
        .returns(State.USED, FileReport::state)
        .returns(shop.id(), FileReport::instanceId)
        .returns(FileReport.Kind.INSTANCE, FileReport::kind);
  }

  @Test
  void files_are_read_at_the_start_before_anything_runs() throws Exception {
    Files.writeString(routes.resolve("a.instance.yaml"), GOOD);
    Files.writeString(routes.resolve("b.instance.yaml"), "element: [");
    installAgain();

    assertThat(only().file().name()).isEqualTo("a.instance.yaml");
    assertThat(report("b.instance.yaml").state()).isEqualTo(State.BROKEN);
    running.start();
    assertThat(running.context().getRoute("poll-%d-customers".formatted(only().id()))).isNotNull();
  }

  @Test
  void json_is_another_form() throws Exception {
    write(
        "shop.instance.json",
        "\uFEFF{\"element\": \"rest\",\r\n \"name\": \"Shop\", \"configuration\": {\"a\": 1.50}}\r\n");
    assertThat(only().name()).isEqualTo("Shop");
    assertThat(only().configuration()).containsEntry("a", "1.50");

    write("shop.instance.json", "{\"element\": \"rest\",\n \"tags\": [\n 5]}");
    assertThat(errors("shop.instance.json")).contains("line 3: tags[0]: found '5'");
    write("shop.instance.json", "{\"element\": \"rest\",\n \"element\": 1}");
    assertThat(errors("shop.instance.json")).contains("line 2: Duplicate field 'element'");
    write("shop.instance.json", "{\"element\": \"rest\"}\n{}");
    assertThat(errors("shop.instance.json")).contains("line 2: goes on after its end");
    assertThat(only().name()).isEqualTo("Shop");
  }

  @Test
  void windows_line_ends_and_a_byte_order_mark_do_no_harm() throws Exception {
    write("shop.instance.yaml", "\uFEFF" + GOOD.replace("\n", "\r\n"));
    assertThat(only().configuration()).containsEntry("base.url", "https://api.example.com");

    write("shop.instance.yaml", (GOOD + "tags: 5\n").replace("\n", "\r\n"));
    assertThat(errors("shop.instance.yaml")).contains("line 12: Duplicate field 'tags'");
  }

  @Test
  void an_alias_is_what_it_stands_for() throws Exception {
    write(
        "shop.instance.yaml",
        """
        element: rest
        configuration:
          base.url: https://api.example.com
          event.poller.configuration:
            a: {url: /a, idField: id, datesConfiguration: &dates {updatedDateField: u, updatedDateFormat: seconds}}
            b: {url: /b, idField: id, datesConfiguration: *dates}
        """);
    List<Resource> resources = running.watchpost().instances().resources(only());
    assertThat(resources.get(1).updated()).isEqualTo(resources.get(0).updated()).isNotNull();
  }

  @Test
  void a_broken_file_keeps_the_last_good_version_and_tells_line_and_reason() throws Exception {
    write("shop.instance.yaml", GOOD);
    Instance good = only();

    write("shop.instance.yaml", GOOD.replace("tags: [Test]", "tags: [Test"));
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.BROKEN_LAST_GOOD_USED);
    assertThat(errors("shop.instance.yaml")).contains("line 3: ", "','", "']'");

    write("shop.instance.yaml", GOOD.replace("gmtDate:yyyy-MM-dd", "gmtDate:MM/dd/yyy"));
    assertThat(errors("shop.instance.yaml"))
        .contains("line 10: configuration.event.poller.configuration.customers.url: ");
    write("shop.instance.yaml", "");
    assertThat(errors("shop.instance.yaml")).isEqualTo("[line 1: is empty]");
    write("shop.instance.yaml", "# nothing yet\n");
    assertThat(errors("shop.instance.yaml")).isEqualTo("[line 1: is empty]");
    write("shop.instance.yaml", "- a\n- b\n");
    assertThat(errors("shop.instance.yaml")).contains("a file holds one instance");
    write("shop.instance.yaml", "element: nothing\n");
    assertThat(errors("shop.instance.yaml")).contains("line 1: element: found 'nothing'");
    Files.write(
        routes.resolve("shop.instance.yaml"),
        "element: rest\nname: ä\n".getBytes(StandardCharsets.ISO_8859_1));
    settle();
    assertThat(errors("shop.instance.yaml")).contains("line 2: is not UTF-8 text");
    assertThat(only()).isEqualTo(good);

    write("shop.instance.yaml", GOOD.replace("[Test]", "[mended]"));
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.USED);
    assertThat(only().tags()).containsExactly("mended");
    assertThat(only().id()).isEqualTo(good.id());
  }

  @Test
  void a_file_broken_while_we_were_down_keeps_what_was_stored() throws Exception {
    write("shop.instance.yaml", GOOD);
    Instance good = only();
    Files.writeString(routes.resolve("shop.instance.yaml"), "element: [");
    installAgain();

    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.BROKEN_LAST_GOOD_USED);
    assertThat(running.watchpost().instances().active()).containsExactly(good);
  }

  @Test
  void a_removed_file_stops_its_instance_and_another_start_does_not_bring_it_back()
      throws Exception {
    write("shop.instance.yaml", GOOD);
    Instance before = only();
    remove("shop.instance.yaml");
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.REMOVED);
    assertThat(only().active()).isFalse();

    installAgain();
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.REMOVED);
    assertThat(running.watchpost().instances().active()).isEmpty();
    write("shop.instance.yaml", "element: [");
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.BROKEN);
    assertThat(running.watchpost().instances().active()).isEmpty();
    write("shop.instance.yaml", GOOD);
    assertThat(only()).isEqualTo(before);

    remove("shop.instance.yaml");
    running.watchpost().instances().delete(before.id());
    assertThat(find("routes/shop.instance.yaml")).isEmpty();
  }

  @Test
  void two_files_of_one_identity_are_one_instance_and_the_newcomer_is_refused() throws Exception {
    write("x.instance.yaml", GOOD);
    Instance first = only();
    write("x.instance.json", "{\"element\": \"rest\", \"name\": \"from json\"}");

    assertThat(only()).isEqualTo(first);
    assertThat(errors("x.instance.json"))
        .isEqualTo(
            "[line 1: describes the same instance as routes/x.instance.yaml; remove one, or give it"
                + " another name]");
    assertThat(report("x.instance.yaml").state()).isEqualTo(State.USED);

    remove("x.instance.yaml");
    assertThat(only().id()).isEqualTo(first.id());
    assertThat(only().name()).isEqualTo("from json");
    assertThat(only().file().name()).isEqualTo("x.instance.json");
    assertThat(only().active()).isFalse();
    assertThat(report("x.instance.json").errors()).isEmpty();
    assertThat(find("routes/x.instance.yaml")).isEmpty();
  }

  @Test
  void placeholders_are_filled_in_and_the_values_are_not_shown() throws Exception {
    running.context().getPropertiesComponent().addOverrideProperty("shop.key", "s3cr3t-key");
    write(
        "shop.instance.yaml",
        """
        element: rest
        name: Shop of {{shop.key}}
        configuration:
          home: ${env:PATH}
          other: '{{no.such:none}}'
          authentication.type: bearer
          authentication.token: "{{shop.key}}"
        """);
    assertThat(only().name()).isEqualTo("Shop of s3cr3t-key");
    assertThat(only().configuration())
        .containsEntry("home", System.getenv("PATH"))
        .containsEntry("other", "none")
        .containsEntry("authentication.token", "s3cr3t-key");
    assertThat(only().file().asWritten())
        .containsEntry("home", "${env:PATH}")
        .containsEntry("authentication.token", "{{shop.key}}");

    write(
        "shop.instance.yaml",
        "element: rest\nconfiguration:\n  event.poller.refresh_interval: '{{shop.key}}'\n");
    assertThat(errors("shop.instance.yaml"))
        .contains("line 3: configuration.event.poller.refresh_interval: found '{{shop.key}}'")
        .doesNotContain("s3cr3t");
  }

  @Test
  void a_secret_given_by_a_placeholder_is_masked_in_a_dry_run_too() throws Exception {
    running.context().getPropertiesComponent().addOverrideProperty("shop.api-key", "s3cr3t/key");
    running.start();
    try (BusySource source = new BusySource()) {
      write(
          "shop.instance.yaml",
          GOOD.replace("https://api.example.com", source.url())
              .replace("/customers?since=", "/records?key={{shop.api-key}}&since=")
              .replace("idField: id", "idField: id\n      headers: {X-Secret: other-secret}"));
      long id = only().id();
      await().until(() -> running.context().getRoute("poll-%d-customers".formatted(id)) != null);
      await().until(() -> running.watchpost().polls().states(id).get(0).polls() > 0);

      PollReport report =
          await()
              .ignoreExceptionsMatching(e -> e.getMessage().contains("being polled right now"))
              .until(
                  () -> running.watchpost().polls().pollNow(id, null, true).get(0), done -> true);
      assertThat(report.records()).isEqualTo(5_000);
      assertThat(report.requests().toString())
          .contains("/records?key=********&since=", "X-Secret: ********")
          .doesNotContain("s3cr3t", "other-secret");
    }
  }

  @Test
  void what_has_no_value_is_named() throws Exception {
    write(
        "shop.instance.yaml",
        "element: rest\nconfiguration:\n  a: ${env:NO_SUCH_1}\n  b: ['{{no.such}}']\n");
    assertThat(errors("shop.instance.yaml"))
        .contains(
            "line 3: configuration.a: ${env:NO_SUCH_1}: the environment has no such variable",
            "line 4: configuration.b[0]: {{no.such}}: there is no such property");
    assertThat(instances()).isEmpty();
  }

  @Test
  void an_element_file_gives_instances_what_they_poll_and_takes_it_back() throws Exception {
    String element =
        """
        key: shop
        number: 7700
        authentication: none
        baseUrl: https://shop.example
        pollerConfiguration:
          %s: {url: /%s, idField: id}
        """;
    write("shop.instance.yaml", "element: shop\nconfiguration: {}\n");
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.BROKEN);

    Files.writeString(elements.resolve("shop.yaml"), element.formatted("orders", "orders"));
    settle();
    assertThat(polled()).containsExactly("orders");
    assertThat(report("shop.instance.yaml").state()).isEqualTo(State.USED);

    Files.writeString(elements.resolve("shop.yaml"), element.formatted("items", "items"));
    settle();
    assertThat(polled()).containsExactly("items");

    Files.writeString(
        elements.resolve("shop.yaml"), "key: shop\nnumber: x\nauthentication: none\n");
    settle();
    assertThat(polled()).containsExactly("items");
    assertThat(find("elements/shop.yaml").orElseThrow())
        .returns(State.BROKEN_LAST_GOOD_USED, FileReport::state)
        .satisfies(broken -> assertThat(broken.errors().get(0).line()).isEqualTo(2));

    Files.delete(elements.resolve("shop.yaml"));
    settle();
    assertThat(find("elements/shop.yaml")).isEmpty();
    assertThat(errors("shop.instance.yaml")).contains("line 1: element: found 'shop'");
    assertThat(running.watchpost().instances().problems(only()))
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .contains("element: found 'shop', which is not in the catalogue");
  }

  private List<String> polled() {
    return running.watchpost().instances().resources(only()).stream().map(Resource::name).toList();
  }

  @Test
  void the_example_works_once_its_placeholders_have_values() throws Exception {
    String example = Files.readString(Path.of("routes/example.instance.yaml.disabled"));
    write("example.instance.yaml.disabled", example);
    assertThat(running.watchpost().files().reports()).isEmpty();

    write("shop.instance.yaml", example);
    assertThat(errors("shop.instance.yaml"))
        .contains("line 9: configuration.authentication.token: ${env:SHOP_TOKEN}");
    write("shop.instance.yaml", example.replaceAll("\\$\\{env:SHOP_\\w+}", "\\${env:PATH}"));
    assertThat(report("shop.instance.yaml"))
        .returns(State.USED, FileReport::state)
        .returns(List.of(), FileReport::warnings);
    assertThat(polled()).containsExactly("customers", "orders");
  }

  @Test
  void the_example_of_the_readme_works() throws Exception {
    running
        .context()
        .getPropertiesComponent()
        .addOverrideProperty("signature.key", "a key of ours");
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```yaml\nelement:") + "```yaml\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    write("customers.instance.yaml", example.replace("env:CUSTOMERS_TOKEN", "env:PATH"));

    assertThat(report("customers.instance.yaml"))
        .returns(State.USED, FileReport::state)
        .returns(List.of(), FileReport::warnings);
    assertThat(polled()).containsExactly("customers");
  }

  @Test
  void health_stays_up_and_names_the_broken_file() throws Exception {
    write("shop.instance.yaml", "element: [");
    running.start();

    HealthCheck.Result files =
        HealthCheckHelper.invoke(running.context()).stream()
            .filter(result -> result.getCheck().getId().equals("watchpost-files"))
            .findFirst()
            .orElseThrow();
    assertThat(files.getState()).isEqualTo(HealthCheck.State.UP);
    assertThat(files.getDetails().get("routes/shop.instance.yaml").toString()).startsWith("line 1");
  }
}
