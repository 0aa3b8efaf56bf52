package dev.watchpost.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The elements there are: the built-in ones, and those of a directory, which add to them or take
 * their place. Immutable.
 */
public final class Catalogue {
  private static final List<String> BUILT_IN =
      List.of("rest", "sageone", "sageaccounting", "openconnectors");

  private final Map<String, Element> byKey;
  private final List<BrokenFile> broken;

  private Catalogue(Map<String, Element> byKey, List<BrokenFile> broken) {
    this.byKey = Collections.unmodifiableMap(byKey);
    this.broken = List.copyOf(broken);
  }

  /**
   * A file that is broken, or takes a number or key that another one has, is left out and listed in
   * {@link #broken}; the built-in element stays then.
   *
   * @param elementsDirectory its {@code *.yaml} in order of their names; null or missing: built-in
   *     elements only
   */
  public static Catalogue load(Path elementsDirectory) {
    Map<String, Element> elements = new TreeMap<>();
    for (String name : BUILT_IN) {
      Element element = builtIn(name);
      elements.put(element.key(), element);
    }
    List<BrokenFile> broken = new ArrayList<>();
    Set<String> fromFiles = new HashSet<>();
    for (Path file : files(elementsDirectory)) {
      try {
        Element element = ElementReader.read(Files.readString(file));
        refuseTaken(element, elements.values(), fromFiles);
        fromFiles.add(element.key());
        elements.put(element.key(), element);
      } catch (BrokenElement e) {
        broken.add(new BrokenFile(file.getFileName().toString(), e.line(), e.getMessage()));
      } catch (IOException e) {
        broken.add(new BrokenFile(file.getFileName().toString(), 1, unreadable(e)));
      }
    }
    return new Catalogue(elements, broken);
  }

  private static String unreadable(IOException e) {
    return e instanceof MalformedInputException ? "not UTF-8 text" : "cannot be read: " + e;
  }

  private static Element builtIn(String name) {
    String resource = "/elements/" + name + ".yaml";
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return ElementReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (BrokenElement e) {
      throw new IllegalStateException(
          "%s, line %d: %s".formatted(resource, e.line(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path directory) {
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".+\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseTaken(
      Element element, Collection<Element> others, Set<String> fromFiles) throws BrokenElement {
    if (fromFiles.contains(element.key())) {
      throw new BrokenElement(1, "key '%s' is that of another file".formatted(element.key()));
    }
    for (Element other : others) {
      if (other.number() == element.number() && !other.key().equals(element.key())) {
        throw new BrokenElement(
            1, "number %d is that of element '%s'".formatted(element.number(), other.key()));
      }
    }
  }

  /** The element of that key or number. */
  public Optional<Element> find(String keyOrNumber) {
    Element byName = byKey.get(keyOrNumber);
    return byName != null
        ? Optional.of(byName)
        : byKey.values().stream()
            .filter(element -> Long.toString(element.number()).equals(keyOrNumber))
            .findFirst();
  }

  /** All of them, by key. */
  public List<Element> all() {
    return List.copyOf(byKey.values());
  }

  /** The files that were left out. */
  public List<BrokenFile> broken() {
    return broken;
  }
}
