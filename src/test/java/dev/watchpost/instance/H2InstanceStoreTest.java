package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2InstanceStoreTest extends InstanceStoreTest {
  @Override
  Database open() {
    return Database.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null);
  }

  @Test
  void secrets_are_not_to_be_read_in_the_database_file(@TempDir Path directory) throws Exception {
    String body = Bodies.SPEC.replace("xxxx", "plain-secret");
    Instance instance;
    try (Database database = Database.open("jdbc:h2:file:" + directory.resolve("w"), null, null)) {
      instance = over(database).create(InstanceRequest.json(body), null).instance();
      database.write(handle -> handle.execute("checkpoint sync"));
    }

    String bytes = Files.readString(directory.resolve("w.mv.db"), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("API_Polling");
    assertThat(bytes)
        .doesNotContain(
            "plain-secret", "1c6ff4089d58d80e86482ab7d5b97f15dd7b041d", instance.token());
  }
}
