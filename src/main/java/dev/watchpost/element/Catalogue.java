package dev.watchpost.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The elements there are: the built-in ones, and those of files, which add to them or take their
 * place. {@link #apply} swaps them while others look; an element that has not changed stays the
 * same object. Thread-safe.
 */
public final class Catalogue {
  private static final List<String> BUILT_IN =
      List.of(
          "rest",
          "sageone",
          "sageaccounting",
          "openconnectors",
          "salesforce",
          "hubspot",
          "stripe",
          "github",
          "gitlab",
          "zendesk",
          "shopify",
          "quickbooks",
          "jira",
          "servicenow",
          "dynamics",
          "wordpress",
          "redmine",
          "mediawiki");

  private final Map<String, Element> builtIn;

  /** The last version of each file that could be used. */
  private final Map<String, Element> good = new HashMap<>();

  private volatile State state;

  /**
   * @param used files that an element is of
   */
  private record State(Map<String, Element> byKey, List<BrokenFile> broken, Set<String> used) {}

  private Catalogue(Map<String, Element> builtIn) {
    this.builtIn = builtIn;
    this.state = new State(builtIn, List.of(), Set.of());
  }

  /** The built-in elements. */
  public static Catalogue builtIn() {
    Map<String, Element> elements = new TreeMap<>();
    for (String name : BUILT_IN) {
      Element element = builtIn(name);
      elements.put(element.key(), element);
    }
    return new Catalogue(Collections.unmodifiableMap(elements));
  }

  /**
   * Makes the elements beside the built-in ones those of {@code files}. A file that is broken, or
   * takes a number or key that another one has, is listed in {@link #broken} and keeps its last
   * good version, if it has one; without one it is left out, and the built-in element stays.
   *
   * @param files text by name: all there are
   * @param unreadable of these names no text could be had
   * @return true where an element came, changed or went
   */
  public synchronized boolean apply(Map<String, String> files, List<BrokenFile> unreadable) {
    Map<String, BrokenFile> broken = new TreeMap<>();
    unreadable.forEach(file -> broken.put(file.file(), file));
    Map<String, Element> read = read(files, broken);
    good.keySet().removeIf(file -> !files.containsKey(file) && !broken.containsKey(file));
    Map<String, Element> byKey = new TreeMap<>(builtIn);
    Set<String> fromFiles = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (String file : incumbentsFirst(read, broken.keySet())) {
      Element last = good.get(file);
      boolean taken = read.containsKey(file) && enter(file, read, byKey, fromFiles, broken);
      if (!taken && last != null && refusal(last, byKey.values(), fromFiles) == null) {
        byKey.put(last.key(), last);
        fromFiles.add(last.key());
        taken = true;
      }
      if (taken) {
        used.add(file);
      }
    }
    byKey.replaceAll((key, element) -> same(element, state.byKey.get(key)));
    boolean changed = !byKey.equals(state.byKey);
    state = new State(Collections.unmodifiableMap(byKey), List.copyOf(broken.values()), used);
    return changed;
  }

  private static Map<String, Element> read(
      Map<String, String> files, Map<String, BrokenFile> broken) {
    Map<String, Element> read = new TreeMap<>();
    files.forEach(
        (file, text) -> {
          try {
            read.put(file, ElementReader.read(text));
          } catch (BrokenElement e) {
            broken.put(file, new BrokenFile(file, e.line(), e.getMessage()));
          }
        });
    return read;
  }

  /** A newcomer takes nothing from a file that has it already. */
  private List<String> incumbentsFirst(Map<String, Element> read, Set<String> broken) {
    Set<String> all = new TreeSet<>(read.keySet());
    all.addAll(broken);
    return all.stream()
        .sorted(
            Comparator.comparing(
                file -> {
                  Element last = good.get(file);
                  Element now = read.getOrDefault(file, last);
                  return last == null || !last.key().equals(now.key());
                }))
        .toList();
  }

  private boolean enter(
      String file,
      Map<String, Element> read,
      Map<String, Element> byKey,
      Set<String> fromFiles,
      Map<String, BrokenFile> broken) {
    Element element = read.get(file);
    String refusal = refusal(element, byKey.values(), fromFiles);
    if (refusal != null) {
      broken.put(file, new BrokenFile(file, 1, refusal));
      return false;
    }
    byKey.put(element.key(), element);
    fromFiles.add(element.key());
    good.put(file, element);
    return true;
  }

  /** Null: it may be entered. */
  private static String refusal(
      Element element, Collection<Element> others, Set<String> fromFiles) {
    if (fromFiles.contains(element.key())) {
      return "key '%s' is that of another file".formatted(element.key());
    }
    return others.stream()
        .filter(other -> other.number() == element.number() && !other.key().equals(element.key()))
        .findFirst()
        .map(other -> "number %d is that of element '%s'".formatted(element.number(), other.key()))
        .orElse(null);
  }

  private static Element same(Element element, Element before) {
    return element.equals(before) ? before : element;
  }

  private static Element builtIn(String name) {
    String resource = "/elements/" + name + ".yaml";
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return ElementReader.builtIn(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (BrokenElement e) {
      throw new IllegalStateException(
          "%s, line %d: %s".formatted(resource, e.line(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The element of that key or number. */
  public Optional<Element> find(String keyOrNumber) {
    Map<String, Element> byKey = state.byKey;
    Element byName = byKey.get(keyOrNumber);
    return byName != null
        ? Optional.of(byName)
        : byKey.values().stream()
            .filter(element -> Long.toString(element.number()).equals(keyOrNumber))
            .findFirst();
  }

  /** All of them, by key. */
  public List<Element> all() {
    return List.copyOf(state.byKey.values());
  }

  /** True where an element is that file's, or its last good version's. */
  public boolean isUsed(String file) {
    return state.used.contains(file);
  }

  /** The files that cannot be used as they are, by name. */
  public List<BrokenFile> broken() {
    return state.broken;
  }
}
