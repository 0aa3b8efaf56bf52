package dev.watchpost.model;

import dev.watchpost.model.Plan.Create;
import dev.watchpost.model.Plan.Delete;
import dev.watchpost.model.Plan.Edit;
import dev.watchpost.model.Plan.Fault;
import dev.watchpost.model.Plan.Happening;
import dev.watchpost.model.Plan.Pass;
import dev.watchpost.model.Plan.Poll;
import dev.watchpost.model.Plan.Restore;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates histories. */
final class Plans {
  /** A little less than the overlap of 300 s, which is how late a version may become visible. */
  private static final int LATEST_SECONDS = 280;

  private static final int LONGEST_PASS_SECONDS = 1_800;
  private static final int LONGEST_STORY = 40;

  private Plans() {}

  static Arbitrary<Plan> all() {
    return Combinators.combine(
            Arbitraries.of(Plan.Listing.class),
            Arbitraries.of(Plan.Pages.class),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(0, 0, -95, 120),
            happenings().list().ofMinSize(5).ofMaxSize(LONGEST_STORY))
        .as(Plan::new);
  }

  private static Arbitrary<Happening> happenings() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, change()), Tuple.of(3, passes()), Tuple.of(6, polls()));
  }

  private static Arbitrary<Happening> change() {
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 20);
    Arbitrary<Integer> late =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.integers().between(1, LATEST_SECONDS)));
    return Arbitraries.frequencyOf(
        Tuple.of(3, late.map(Create::new)),
        Tuple.of(5, Combinators.combine(which, late).as(Edit::new)),
        Tuple.of(2, which.map(Delete::new)),
        Tuple.of(1, which.map(Restore::new)));
  }

  /** Often none at all, so that edits share a second. */
  private static Arbitrary<Happening> passes() {
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.integers().between(1, 3)),
            Tuple.of(3, Arbitraries.integers().between(1, LONGEST_PASS_SECONDS)))
        .map(Pass::new);
  }

  private static Arbitrary<Happening> polls() {
    Arbitrary<Fault> fault =
        Arbitraries.frequency(
            Tuple.of(24, Fault.NONE),
            Tuple.of(2, Fault.TOO_MANY_REQUESTS),
            Tuple.of(3, Fault.SERVER_ERROR),
            Tuple.of(3, Fault.RESET),
            Tuple.of(3, Fault.CUT_OFF),
            Tuple.of(1, Fault.STALL));
    Arbitrary<List<Happening>> between =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.<Happening>of())),
            Tuple.of(1, change().list().ofMinSize(1).ofMaxSize(3)));
    return Combinators.combine(fault, Arbitraries.integers().between(1, 3), between).as(Poll::new);
  }
}
