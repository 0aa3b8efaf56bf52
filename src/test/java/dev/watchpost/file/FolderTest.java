package dev.watchpost.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a change of a file counts, on a real file system. */
class FolderTest {
  @TempDir Path parent;
  private Path directory;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createDirectory(parent.resolve("routes"));
    folder = new Folder(directory, name -> name.endsWith(".yaml"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private String text(String name) {
    return folder.files().get(name).text();
  }

  @Test
  void what_is_there_at_the_start_counts_at_once() throws IOException {
    write("a.yaml", "a");
    write(".a.yaml", "an editor's");
    write("a.yaml~", "an editor's");

    assertThat(folder.look(true)).isTrue();
    assertThat(folder.files()).containsOnlyKeys("a.yaml");
    assertThat(folder.look(false)).isFalse();
  }

  @Test
  void a_half_written_file_waits_until_it_is_quiet() throws IOException {
    Path file = write("a.yaml", "hal");
    assertThat(folder.look(false)).isFalse();
    Files.writeString(file, "f writ", StandardOpenOption.APPEND);
    assertThat(folder.look(false)).isFalse();
    Files.writeString(file, "ten", StandardOpenOption.APPEND);
    assertThat(folder.look(false)).isFalse();
    assertThat(folder.files()).isEmpty();

    assertThat(folder.look(false)).isTrue();
    assertThat(text("a.yaml")).isEqualTo("half written");
  }

  @Test
  void a_file_that_an_editor_replaces_is_never_gone() throws IOException {
    Path file = write("a.yaml", "old");
    folder.look(true);
    Files.move(file, directory.resolve("a.yaml~"));
    assertThat(folder.look(false)).isFalse();
    assertThat(text("a.yaml")).isEqualTo("old");
    Path temporary = Files.writeString(directory.resolve(".a.yaml.tmp"), "new");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(folder.look(false)).isFalse();

    assertThat(folder.look(false)).isTrue();
    assertThat(text("a.yaml")).isEqualTo("new");
  }

  @Test
  void a_removed_file_is_gone_at_the_second_look() throws IOException {
    Files.delete(deleted(write("a.yaml", "a")));
    assertThat(folder.look(false)).isFalse();
    assertThat(folder.files()).isNotEmpty();
    assertThat(folder.look(false)).isTrue();
    assertThat(folder.files()).isEmpty();
    assertThat(folder.look(false)).isFalse();
  }

  private Path deleted(Path file) {
    folder.look(true);
    return file;
  }

  @Test
  void a_change_within_one_step_of_the_file_systems_time_is_seen() throws IOException {
    Path file = write("a.yaml", "one");
    FileTime time = Files.getLastModifiedTime(file);
    folder.look(true);
    write("a.yaml", "two");
    Files.setLastModifiedTime(file, time);

    assertThat(folder.look(false)).isTrue();
    assertThat(text("a.yaml")).isEqualTo("two");
  }

  @Test
  void touching_a_file_changes_nothing() throws IOException {
    Path file = write("a.yaml", "a");
    folder.look(true);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(folder.look(false)).isFalse();
    assertThat(folder.look(false)).isFalse();
    assertThat(text("a.yaml")).isEqualTo("a");
  }

  /** A ConfigMap: a.yaml -> ..data/a.yaml, ..data -> ..one, and an update swaps ..data. */
  @Test
  void the_links_that_kubernetes_swaps_are_followed() throws IOException {
    version("..one", "first");
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data", "a.yaml"));
    folder.look(true);
    assertThat(text("a.yaml")).isEqualTo("first");

    Path two = version("..two", "other");
    Files.setLastModifiedTime(two, Files.getLastModifiedTime(directory.resolve("..one/a.yaml")));
    Path swap = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..two"));
    Files.move(swap, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(directory.resolve("..one/a.yaml"));
    assertThat(folder.look(false)).isFalse();
    assertThat(folder.look(false)).isTrue();
    assertThat(text("a.yaml")).isEqualTo("other");
  }

  private Path version(String name, String text) throws IOException {
    return Files.writeString(
        Files.createDirectory(directory.resolve(name)).resolve("a.yaml"), text);
  }

  @Test
  void a_link_to_nothing_is_reported() throws IOException {
    Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("missing"));
    folder.look(true);
    assertThat(folder.files().get("a.yaml").problem().message())
        .isEqualTo("is a link to what is not there");
  }

  @Test
  void a_directory_may_come_later_and_go() throws IOException {
    Path later = parent.resolve("later");
    Folder missing = new Folder(later, name -> true);
    assertThat(missing.look(true)).isFalse();
    Files.writeString(Files.createDirectory(later).resolve("a.yaml"), "a");
    missing.look(false);
    assertThat(missing.look(false)).isTrue();
    assertThat(missing.files()).containsOnlyKeys("a.yaml");
  }

  @Test
  void a_directory_that_cannot_be_listed_changes_nothing() throws IOException {
    write("a.yaml", "a");
    folder.look(true);
    Files.move(directory, parent.resolve("aside"));
    Files.writeString(directory, "a file in its place");

    assertThatThrownBy(() -> folder.look(false)).isInstanceOf(UncheckedIOException.class);
    assertThat(text("a.yaml")).isEqualTo("a");
  }

  @Test
  void byte_order_mark_is_no_text_and_other_charsets_are_refused_with_their_line()
      throws IOException {
    write("a.yaml", "\uFEFFname: ä\r\n");
    Files.write(
        directory.resolve("b.yaml"), "a: 1\nname: ä\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(directory.resolve("c.yaml"), "a".repeat((1 << 20) + 1).getBytes());
    Files.createDirectory(directory.resolve("d.yaml"));
    folder.look(true);

    assertThat(text("a.yaml")).isEqualTo("name: ä\r\n");
    assertThat(folder.files().get("b.yaml").problem())
        .isEqualTo(new Note(2, "", "is not UTF-8 text; save it as UTF-8"));
    assertThat(folder.files().get("c.yaml").problem().message()).contains("1 MiB");
    assertThat(folder.files().get("d.yaml").problem().message()).isEqualTo("is a directory");
  }
}
