package dev.watchpost.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.SettableClock;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Generated histories of a source API (late visibility, ties, pages that shift while they are read,
 * clocks apart, 429, 500, stalls, broken-off bodies, records deleted and restored) against an
 * oracle: every version that stayed visible is delivered, nothing is invented, no event id comes
 * twice with different content, the order of each object is kept. How many: {@code
 * jqwik.tries.default}.
 */
class GeneratedHistoriesTest {
  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-03-01T12:00:00.250Z"));
  private static final ModelCallback CALLBACK = new ModelCallback();
  private static ModelSource source;
  private static TestWatchpost running;
  private static int histories;
  private static int polls;
  private static int failures;
  private static int events;

  @BeforeContainer
  static void start() throws Exception {
    source = new ModelSource(CLOCK, CALLBACK);
    running =
        new TestWatchpost(
                TestDatabase.H2.freshUrl(), CLOCK, Map.of("watchpost.poll.timeout", "400ms"))
            .start();
  }

  @AfterContainer
  static void stop() {
    System.out.printf(
        "histories: %d, polls: %d (%d failed), events: %d, repeated deliveries: %d%n",
        histories, polls, failures, events, CALLBACK.repeats());
    running.close();
    source.close();
  }

  // one seed: the same histories everywhere; another one finds others
  @Property(shrinking = ShrinkingMode.BOUNDED, seed = "20260301")
  @Label("every version that stayed visible is delivered, nothing is invented, order is kept")
  void every_version_that_stayed_visible_is_delivered_once(@ForAll("plans") Plan plan)
      throws Exception {
    try (ModelRun run = new ModelRun(plan, CLOCK, source, CALLBACK, running)) {
      run.play();
      histories++;
      polls += run.polls();
      failures += run.failures();
      events += run.events();
    }
    assertThat(histories).isPositive();
  }

  @Provide
  Arbitrary<Plan> plans() {
    return Plans.all();
  }
}
