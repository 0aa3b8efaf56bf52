package dev.watchpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.NodeModules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /openapi.json} serves, judged by redocly lint 2.77.0, recommended rules. */
class ContractLintTest {
  private static final String REDOCLY = "@redocly/cli";

  @Test
  void served_contract_has_neither_errors_nor_warnings(@TempDir Path directory) throws Exception {
    NodeModules.require(REDOCLY);
    Path served = directory.resolve("openapi.json");
    try (ApiServer server = new ApiServer()) {
      Files.writeString(served, server.call("GET", "/openapi.json", null, new String[0]).body());
    }

    String program = NodeModules.file(REDOCLY + "/bin/cli.js").toString();
    ProcessBuilder lint =
        new ProcessBuilder(
            "node", program, "lint", served.toString(), "--extends=recommended", "--format=json");
    lint.environment().put("REDOCLY_TELEMETRY", "off");
    lint.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = lint.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("\"errors\": 0", "\"warnings\": 0");
  }
}
