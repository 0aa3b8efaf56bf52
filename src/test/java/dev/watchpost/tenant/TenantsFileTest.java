package dev.watchpost.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsFileTest {
  private static final String SECRET = "0123456789abcdefghij";
  @TempDir private Path directory;

  private TenantsFile read(String text) throws IOException {
    Path file = directory.resolve("tenants.properties");
    Files.writeString(file, text.replace("SECRET", SECRET));
    return TenantsFile.read(file);
  }

  @Test
  void missing_file_names_nobody() {
    TenantsFile none = TenantsFile.read(directory.resolve("none"));
    assertThat(none.organizations()).isEmpty();
    assertThat(none.users()).isEmpty();
  }

  @Test
  void secret_is_read_as_it_is_or_as_its_hash() throws IOException {
    TenantsFile file =
        read(
            """
            a.organization = SECRET
            a.user.x = sha256:c6519c021aa846a12ee9482005a9b319c968984c228502473bedbad8942ebb4c
            """);
    assertThat(file.organizations().get("a").is(Secret.of(SECRET))).isTrue();
    // printf %s s3cret-of-x | sha256sum
    assertThat(file.users().get("a").get("x").is(Secret.of("s3cret-of-x"))).isTrue();
    assertThat(file.toString()).doesNotContain(SECRET, "c6519c02");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.organization = short | a.organization: expected a secret of 20 characters or more",
        "a.organization = with a space in it, and more | without spaces and commas",
        "a.organization = sha256:12 | expected 64 hexadecimal digits",
        "a.organisation = SECRET | found a.organisation, expected <organization>.organization",
        "default.organization = SECRET | the secret of 'default' is watchpost.api.organization",
        "a.user.x = SECRET | a.organization is missing",
        "a.organization = SECRET | a has no user: add a.user.<name>",
        "a.organization=SECRET;a.user.x=SECRET;a.user.x=SECRET | a.user.x is there twice",
        "a.organization=SECRET;a.user.x=SECRET;a.user.y=SECRET | x and y have the same secret",
        "a.organization=SECRET;a.user.x=SECRET;b.organization=SECRET;b.user.x=SECRET | a and b have the same secret"
      })
  void what_cannot_be_is_one_line_that_names_file_key_and_fix(String lines, String message) {
    assertThatThrownBy(() -> read(lines.strip().replace(';', '\n')))
        .hasMessageStartingWith(directory.resolve("tenants.properties") + ": ")
        .hasMessageContaining(message.strip())
        .hasMessageNotContainingAny("\n", SECRET);
  }
}
