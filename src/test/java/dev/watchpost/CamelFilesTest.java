package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.file.FileReport;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.file.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain Camel routes come, change, break and go with their files, and touch nobody else's. */
class CamelFilesTest {
  private static final String HELLO =
      """
      - route:
          id: hello
          from:
            uri: direct:hello
            steps:
              - setBody:
                  simple: "%s ${body}"
      """;

  @TempDir Path routes;
  private TestWatchpost running;
  private DefaultCamelContext camel;

  @BeforeEach
  void install() throws Exception {
    running =
        new TestWatchpost(
            TestDatabase.H2.freshUrl(),
            Clock.systemUTC(),
            Map.of(
                "watchpost.routes.directory", routes.toString(),
                "watchpost.elements.directory", routes.resolve("elements").toString()));
    camel = running.context();
  }

  @AfterEach
  void close() {
    running.close();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(routes.resolve(file), text);
    settle();
  }

  private void settle() {
    running.watchpost().files().look();
    running.watchpost().files().look();
  }

  private String ask(String endpoint) {
    return camel.createProducerTemplate().requestBody(endpoint, "you", String.class);
  }

  private FileReport report(String file) {
    return running.watchpost().files().reports().stream()
        .filter(report -> report.file().equals("routes/" + file))
        .findFirst()
        .orElseThrow();
  }

  private void assertBroken(String file, State state, String... words) {
    assertThat(report(file).state()).isEqualTo(state);
    assertThat(report(file).errors())
        .extracting(Note::toString)
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void routes_come_change_and_go_with_their_file_and_leave_the_others_alone() throws Exception {
    running.start();
    write("other.camel.yaml", HELLO.formatted("other").replace("hello", "other"));
    Route other = camel.getRoute("other");
    Route deliver = camel.getRoute("deliver");

    write("hello.camel.yaml", HELLO.formatted("hello"));
    assertThat(ask("direct:hello")).isEqualTo("hello you");
    assertThat(report("hello.camel.yaml"))
        .returns(FileReport.Kind.ROUTES, FileReport::kind)
        .satisfies(report -> assertThat(report.routes()).containsExactly("hello"));

    write("hello.camel.yaml", HELLO.formatted("good day"));
    assertThat(ask("direct:hello")).isEqualTo("good day you");

    Files.delete(routes.resolve("hello.camel.yaml"));
    settle();
    assertThat(camel.getRoute("hello")).isNull();
    assertThat(camel.getRouteDefinition("hello")).isNull();
    assertThat(camel.getRoute("other")).isSameAs(other);
    assertThat(camel.getRoute("deliver")).isSameAs(deliver);
    assertThat(other.getUptimeMillis()).isPositive();
  }

  @Test
  void a_broken_file_keeps_its_last_good_routes_untouched() throws Exception {
    running.start();
    write("hello.camel.yaml", HELLO.formatted("hello"));
    Route good = camel.getRoute("hello");
    String file = "hello.camel.yaml";

    write(file, HELLO.formatted("x").replace("uri: direct", "uri direct"));
    assertBroken(file, State.BROKEN_LAST_GOOD_USED, "line ");
    write(file, HELLO.formatted("x").replace("setBody", "setBodi"));
    assertBroken(file, State.BROKEN_LAST_GOOD_USED, "line 6", "setBodi");
    write(file, "");
    assertBroken(file, State.BROKEN_LAST_GOOD_USED, "line 1: is empty");
    write(file, "route: {id: hello}\n");
    assertBroken(file, State.BROKEN_LAST_GOOD_USED, "line 1: is no list of routes");
    assertThat(camel.getRoute("hello")).isSameAs(good);
    assertThat(report(file).routes()).containsExactly("hello");
    assertThat(ask("direct:hello")).isEqualTo("hello you");

    write(file, HELLO.formatted("mended"));
    assertThat(report(file).state()).isEqualTo(State.USED);
    assertThat(ask("direct:hello")).isEqualTo("mended you");
  }

  @Test
  void routes_that_cannot_be_made_are_taken_back() throws Exception {
    running.start();
    write("hello.camel.yaml", HELLO.formatted("hello"));
    String second =
        """
        - route:
            id: second
            from:
              uri: direct:second
              steps:
                - to: nosuch:thing
        """;

    write("hello.camel.yaml", HELLO.formatted("x") + second);
    assertBroken(
        "hello.camel.yaml", State.BROKEN_LAST_GOOD_USED, "line 9: route 'second'", "nosuch");
    assertThat(ask("direct:hello")).isEqualTo("hello you");
    assertThat(camel.getRoute("second")).isNull();
    assertThat(camel.getRouteDefinition("second")).isNull();

    write("hello.camel.yaml", HELLO.formatted("x") + second.replace("nosuch:thing", "log:second"));
    assertThat(ask("direct:hello")).isEqualTo("x you");
    assertThat(camel.getRoute("second")).isNotNull();
  }

  @Test
  void an_id_in_use_by_someone_else_is_refused() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:host").routeId("host").setBody(constant("host"));
          }
        });
    running.start();
    write("a.camel.yaml", HELLO.formatted("a"));
    for (String taken : new String[] {"host", "hello", "deliver"}) {
      String text = "# one more line\n" + HELLO.formatted("b");
      write("b.camel.yaml", text.replace("id: hello", "id: " + taken));
      assertBroken("b.camel.yaml", State.BROKEN, "line 3: route '" + taken + "' is there already");
    }
    write("b.camel.yaml", HELLO.replace("id: hello", "id: poll-1-customers"));
    assertBroken("b.camel.yaml", State.BROKEN, "line 2: route 'poll-1-customers' is named as");
    write(
        "b.camel.yaml",
        "- routeTemplate:\n    id: watchpost-poll\n    from: {uri: 'direct:x', steps: []}\n");
    assertBroken("b.camel.yaml", State.BROKEN, "line 2: route template 'watchpost-poll'");
    write("b.camel.yaml", "- beans:\n    - name: watchpostPoll\n      type: java.lang.Object\n");
    assertBroken("b.camel.yaml", State.BROKEN, "line 2: bean 'watchpostPoll' is there already");
    write("b.camel.yaml", HELLO.formatted("b") + HELLO.formatted("b"));
    assertBroken("b.camel.yaml", State.BROKEN, "line 2: route 'hello' is there already");

    assertThat(ask("direct:host")).isEqualTo("host");
    assertThat(ask("direct:hello")).isEqualTo("a you");

    write("b.camel.yaml", HELLO.formatted("b"));
    Files.delete(routes.resolve("a.camel.yaml"));
    settle();
    assertThat(ask("direct:hello")).isEqualTo("b you");
    assertThat(report("b.camel.yaml").errors()).isEmpty();
  }

  @Test
  void routes_without_an_id_are_named_after_their_file() throws Exception {
    running.start();
    String two =
        """
        - from:
            uri: direct:one
            steps: [{setBody: {constant: "1"}}]
        - route:
            from:
              uri: direct:two
              steps: [{setBody: {constant: "2"}}]
        """;
    write("plain.camel.yaml", two);
    assertThat(report("plain.camel.yaml").errors()).isEmpty();
    assertThat(report("plain.camel.yaml").routes()).containsExactly("plain", "plain-2");
    write("plain.camel.yaml", two.replace("\"2\"", "\"two\""));
    assertThat(ask("direct:two")).isEqualTo("two");
    assertThat(camel.getRoute("plain-2")).isNotNull();
  }

  @Test
  void templates_templated_routes_and_beans_are_loaded_anew() throws Exception {
    camel.getPropertiesComponent().addOverrideProperty("greeted", "dear");
    running.start();
    String text =
        """
        - beans:
            - name: suffix
              type: java.lang.String
              constructors: {0: "%1$s"}
        - routeTemplate:
            id: greeting
            parameters: [{name: word}]
            from:
              uri: "direct:{{word}}"
              steps:
                - setBody:
                    simple: "{{word}} {{greeted}} ${body}${bean:suffix}%1$s"
        - templatedRoute:
            routeTemplateRef: greeting
            routeId: greet
            parameters: [{name: word, value: hi}]
        """;
    write("t.camel.yaml", text.formatted("!").replace("${bean:suffix}", ""));
    assertThat(report("t.camel.yaml").errors()).isEmpty();
    assertThat(ask("direct:hi")).isEqualTo("hi dear you!");
    assertThat(camel.getRegistry().lookupByName("suffix")).isEqualTo("!");

    write("t.camel.yaml", text.formatted("?").replace("${bean:suffix}", ""));
    assertThat(report("t.camel.yaml").errors()).isEmpty();
    assertThat(ask("direct:hi")).isEqualTo("hi dear you?");
    assertThat(camel.getRegistry().lookupByName("suffix")).isEqualTo("?");

    write("t.camel.yaml", text.formatted("x").replace("setBody", "setBodi"));
    assertThat(camel.getRegistry().lookupByName("suffix")).isEqualTo("?");

    Files.delete(routes.resolve("t.camel.yaml"));
    settle();
    assertThat(camel.getRoute("greet")).isNull();
    assertThat(camel.getRouteTemplateDefinition("greeting")).isNull();
    assertThat(camel.getRegistry().lookupByName("suffix")).isNull();
  }

  @Test
  void what_would_hold_for_everyone_is_refused() throws Exception {
    running.start();
    write("a.camel.yaml", "- restConfiguration:\n    component: jetty\n");
    assertBroken("a.camel.yaml", State.BROKEN, "line 1: 'restConfiguration' is Watchpost's own");
    write("a.camel.yaml", HELLO.formatted("a") + "- routeConfiguration:\n    onException: []\n");
    assertBroken("a.camel.yaml", State.BROKEN, "line 8: 'routeConfiguration' without an id");
  }

  @Test
  void a_broken_file_at_the_start_does_not_stop_the_program() throws Exception {
    Files.writeString(routes.resolve("good.camel.yaml"), HELLO.formatted("hello"));
    Files.writeString(
        routes.resolve("bad.camel.yaml"),
        HELLO.replace("id: hello", "id: bad").replace("direct:hello", "nosuch:hello"));
    Files.writeString(routes.resolve("worse.camel.yaml"), "- route: [");
    running.start();
    settle();

    assertThat(running.watchpost().isStarted()).isTrue();
    assertThat(ask("direct:hello")).isEqualTo("hello you");
    assertBroken("bad.camel.yaml", State.BROKEN, "line 2: route 'bad'", "nosuch");
    assertThat(report("worse.camel.yaml").state()).isEqualTo(State.BROKEN);
  }
}
