package dev.watchpost.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sources that send shorter pages than were asked for: no record is lost. */
final class CappedPagesTest extends Stage {
  private static final int CAP = 10;

  @Test
  void source_that_caps_its_pages_below_the_size_asked_for_loses_nothing() throws Exception {
    answers = (api, request) -> page(api, request, from(request, "page", CAP));
    hold(2 * CAP + 7);
    poll("{`type`:`page`,`parameter`:`page`,`first`:1,`sizeParameter`:`size`},`pageSize`:500");
    assertThat(scene.entered()).hasSize(2 * CAP + 7);
    assertThat(source.targets()).hasSize(3);

    hold(3 * CAP);
    assertThat(scene.polled()).hasSize(3);
    assertThat(source.targets()).as("the last page was as long as the first").hasSize(3 + 4);
  }

  @Test
  void offset_of_a_capped_source_moves_by_what_came() throws Exception {
    answers = (api, request) -> page(api, request, from(request, "offset", 1));
    hold(2 * CAP + 7);
    poll("{`type`:`offset`,`parameter`:`offset`,`sizeParameter`:`size`},`pageSize`:500");
    assertThat(scene.entered()).hasSize(2 * CAP + 7);
  }

  @Test
  void source_that_answers_404_behind_its_last_page_has_said_that_there_is_no_more()
      throws Exception {
    answers =
        (api, request) -> {
          int from = from(request, "page", CAP);
          if (from > 0 && from >= api.records().size()) {
            request.response().setStatusCode(404).end();
          } else {
            page(api, request, from);
          }
        };
    hold(CAP);
    poll("{`type`:`page`,`parameter`:`page`,`first`:1}");
    assertThat(scene.entered()).hasSize(CAP);
  }

  @Test
  void source_that_ignores_the_page_asked_for_is_told_as_a_repeated_page() throws Exception {
    answers = (api, request) -> page(api, request, 0);
    hold(2 * CAP);
    poll("{`type`:`page`,`parameter`:`page`,`first`:1}");
    assertThat(scene.state().lastError()).startsWith("repeated page: page=2 only shows");
    assertThat(scene.state().cursor()).isNull();
  }

  private void poll(String pagination) throws Exception {
    watch("`url`:`/customers`,`idField`:`id`,`startFrom`:`beginning`,`pagination`:" + pagination);
    scene.poll();
    clock.advance(Duration.ofMinutes(1));
  }

  private void hold(int records) {
    IntStream.range(0, records).forEach(id -> source.put("" + id, "{\"id\":" + id + "}"));
  }

  private static int from(HttpServerRequest request, String parameter, int step) {
    int asked = Integer.parseInt(request.getParam(parameter));
    return parameter.equals("page") ? (asked - 1) * step : asked;
  }

  private static void page(Source api, HttpServerRequest request, int from) {
    List<String> all = api.records();
    int start = Math.min(from, all.size());
    Source.list(request, all.subList(start, Math.min(start + CAP, all.size())));
  }
}
