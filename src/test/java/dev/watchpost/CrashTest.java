package dev.watchpost;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that dies before or after any statement or commit of a poll or of a delivery, and is
 * started again: every change is in the outbox exactly once, the receiver has it, and what was sent
 * twice was the same under the same ids.
 */
class CrashTest {

  @TestFactory
  Stream<DynamicTest> poll_on_h2() throws Exception {
    return crashes("poll_on_h2", TestDatabase.H2, CrashStory.poll());
  }

  @TestFactory
  Stream<DynamicTest> poll_on_postgresql() throws Exception {
    return crashes("poll_on_postgresql", TestDatabase.POSTGRESQL, CrashStory.poll());
  }

  @TestFactory
  Stream<DynamicTest> delivery_on_h2() throws Exception {
    return crashes("delivery_on_h2", TestDatabase.H2, CrashStory.delivery());
  }

  @TestFactory
  Stream<DynamicTest> delivery_on_postgresql() throws Exception {
    return crashes("delivery_on_postgresql", TestDatabase.POSTGRESQL, CrashStory.delivery());
  }

  /** It dies within milliseconds of its commit: H2 has not written that one by itself. */
  @ParameterizedTest
  @EnumSource
  void event_that_was_sent_keeps_its_id_and_content(TestDatabase database) throws Exception {
    try (CrashStage stage = new CrashStage(database, CrashStory.freshDelivery())) {
      CrashStage.Point settling =
          stage.points().stream()
              .filter(point -> point.name().matches(".*\\((update|select) notification\\)"))
              .filter(point -> point.commits() == 1)
              .findFirst()
              .orElseThrow();
      stage.new Death(List.of(settling)).at(settling);
    }
  }

  private static Stream<DynamicTest> crashes(String name, TestDatabase database, CrashStory story)
      throws Exception {
    CrashStage stage = new CrashStage(database, story);
    List<CrashStage.Point> points = stage.points();
    assertThat(points.get(points.size() - 1).name())
        .matches("after commit .*|before .*checkpoint.*");
    Map<Integer, List<CrashStage.Point>> byCommit =
        points.stream().collect(groupingBy(CrashTest::commit));
    return byCommit.values().stream()
        .flatMap(
            until -> {
              CrashStage.Death death = stage.new Death(until);
              return until.stream()
                  .map(
                      point ->
                          dynamicTest(
                              "%s: halt %s".formatted(name, point.name()), () -> death.at(point)));
            })
        .onClose(stage::close);
  }

  /** Number of the commit the point comes before or just after. */
  private static int commit(CrashStage.Point point) {
    return point.name().startsWith("after commit") ? point.commits() : point.commits() + 1;
  }
}
