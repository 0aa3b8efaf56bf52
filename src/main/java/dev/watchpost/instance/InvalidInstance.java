package dev.watchpost.instance;

import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Report;
import java.util.List;
import java.util.stream.Collectors;

/** A request for an instance that cannot work: all that is wrong with it, not only the first. */
public final class InvalidInstance extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidInstance(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /**
   * @throws InvalidInstance where there is a problem
   */
  static void refuse(Report report) {
    if (report.broken()) {
      throw new InvalidInstance(report.problems());
    }
  }

  /** At least one. */
  public List<Problem> problems() {
    return problems;
  }
}
