package dev.watchpost.resource;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request while it is read. */
public final class Report {
  private static final int SHOWN = 120;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  public void problem(String path, String message) {
    add(problems, new Problem(path, message));
  }

  public void warn(String path, String message) {
    add(warnings, new Problem(path, message));
  }

  /** What holds for several resources is said once. */
  private static void add(List<Problem> to, Problem problem) {
    if (!to.contains(problem)) {
      to.add(problem);
    }
  }

  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public boolean broken() {
    return !problems.isEmpty();
  }

  /** A value as messages show it: cut where it is long. */
  public static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
