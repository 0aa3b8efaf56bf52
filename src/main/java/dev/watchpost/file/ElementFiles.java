package dev.watchpost.file;

import dev.watchpost.element.BrokenFile;
import dev.watchpost.element.Catalogue;
import dev.watchpost.file.FileReport.Kind;
import dev.watchpost.file.FileReport.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code elements/*.yaml}: what they say becomes part of the catalogue. */
final class ElementFiles {
  private static final String FOLDER = "elements/";

  private final Catalogue catalogue;
  private final Reports reports;
  private Map<String, FileText> applied = Map.of();

  ElementFiles(Catalogue catalogue, Reports reports) {
    this.catalogue = catalogue;
    this.reports = reports;
  }

  static boolean isOne(String name) {
    return name.matches(".+\\.ya?ml");
  }

  /**
   * @return true where an element came, changed or went
   */
  boolean apply(Map<String, FileText> files) {
    Map<String, String> texts = new TreeMap<>();
    List<BrokenFile> unreadable = new ArrayList<>();
    for (FileText file : files.values()) {
      if (file.problem() == null) {
        texts.put(file.name(), file.text());
      } else {
        Note problem = file.problem();
        unreadable.add(new BrokenFile(file.name(), problem.line(), problem.message()));
      }
    }
    boolean changed = catalogue.apply(texts, unreadable);
    report(files);
    applied = files;
    return changed;
  }

  private void report(Map<String, FileText> files) {
    applied.keySet().stream()
        .filter(name -> !files.containsKey(name))
        .forEach(name -> reports.forget(FOLDER + name));
    Map<String, Note> broken = new TreeMap<>();
    for (BrokenFile file : catalogue.broken()) {
      broken.put(file.file(), new Note(file.line(), "", file.reason()));
    }
    for (String name : files.keySet()) {
      Note problem = broken.get(name);
      reports.put(
          new FileReport(
              FOLDER + name,
              Kind.ELEMENT,
              problem == null ? State.USED : Reports.broken(catalogue.isUsed(name)),
              null,
              List.of(),
              problem == null ? List.of() : List.of(problem),
              List.of(),
              reports.now()));
    }
  }
}
