package dev.watchpost.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files of one directory, looked at from time to time. A change counts once two looks in a row
 * show it: until then someone may be writing, or has moved a file away to put another in its place.
 * Looking works where notifications do not: on network drives, and through the links that
 * Kubernetes swaps. Not thread-safe.
 */
final class Folder {
  /** File systems tell times in steps up to this long: two changes within may look like one. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(3);

  private final Path directory;
  private final Predicate<String> wanted;
  private final SortedMap<String, Seen> seen = new TreeMap<>();

  /** What a file looks like from outside; null: it is not there. */
  private record Stamp(Instant modified, long size, Object key, String error) {}

  /**
   * @param stamp of the last look
   * @param readAt when a file of that stamp was last read; null: not yet
   * @param text the last that counted; null: none did
   */
  private record Seen(Stamp stamp, Instant readAt, FileText text) {}

  /**
   * @param wanted which names; names that begin with a dot are never wanted
   */
  Folder(Path directory, Predicate<String> wanted) {
    this.directory = directory;
    this.wanted = wanted;
  }

  /**
   * @param first true: what is there counts at once
   * @return true where a file came, changed or went
   * @throws UncheckedIOException where the directory is there and cannot be listed; nothing has
   *     changed then
   */
  boolean look(boolean first) {
    SortedMap<String, Stamp> now = stamps();
    TreeSet<String> names = new TreeSet<>(seen.keySet());
    names.addAll(now.keySet());
    boolean changed = false;
    for (String name : names) {
      changed |= look(name, now.get(name), first);
    }
    return changed;
  }

  /** Text by name, of all that counts. */
  SortedMap<String, FileText> files() {
    SortedMap<String, FileText> files = new TreeMap<>();
    seen.forEach(
        (name, file) -> {
          if (file.text != null) {
            files.put(name, file.text);
          }
        });
    return files;
  }

  private boolean look(String name, Stamp stamp, boolean first) {
    Seen last = seen.get(name);
    if (!first && (last == null || !Objects.equals(last.stamp, stamp))) {
      seen.put(name, new Seen(stamp, null, last == null ? null : last.text));
      return false;
    }
    if (stamp == null) {
      return seen.remove(name).text != null;
    }
    if (last != null && last.readAt != null && !young(last)) {
      return false;
    }
    return read(name, stamp, last == null ? null : last.text);
  }

  private static boolean young(Seen file) {
    return file.stamp.modified.isAfter(file.readAt.minus(COARSEST_TIME));
  }

  private boolean read(String name, Stamp stamp, FileText last) {
    Instant readAt = Instant.now();
    FileText text = FileText.of(directory.resolve(name));
    if (!stamp.equals(stamp(directory.resolve(name)))) {
      seen.put(name, new Seen(stamp, null, last));
      return false;
    }
    seen.put(name, new Seen(stamp, readAt, text));
    return !text.equals(last);
  }

  private SortedMap<String, Stamp> stamps() {
    SortedMap<String, Stamp> stamps = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && wanted.test(name)) {
          stamps.put(name, stamp(file));
        }
      }
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    } catch (NotDirectoryException e) {
      throw new UncheckedIOException(directory + " is no directory", e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(directory + " cannot be listed", e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be listed", e);
    }
    return stamps;
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().toInstant(), is.size(), is.fileKey(), null);
    } catch (IOException e) {
      return new Stamp(Instant.EPOCH, 0, null, e.toString());
    }
  }
}
