package dev.watchpost.instance;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request while it is read. */
final class Report {
  private static final int SHOWN = 120;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void problem(String path, String message) {
    add(problems, new Problem(path, message));
  }

  void warn(String path, String message) {
    add(warnings, new Problem(path, message));
  }

  /** What holds for several resources is said once. */
  private static void add(List<Problem> to, Problem problem) {
    if (!to.contains(problem)) {
      to.add(problem);
    }
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  boolean broken() {
    return !problems.isEmpty();
  }

  /**
   * @throws InvalidInstance where there is a problem
   */
  void refuse() {
    if (broken()) {
      throw new InvalidInstance(problems);
    }
  }

  /** A value as messages show it: cut where it is long. */
  static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
