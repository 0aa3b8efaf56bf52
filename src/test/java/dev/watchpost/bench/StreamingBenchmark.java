package dev.watchpost.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One answer of 1 GB, polled by Watchpost in a JVM of its own with a heap of 128 MiB: as a root
 * array, and inside an object whose records have to be looked for.
 */
final class StreamingBenchmark {
  private static final long BYTES = Long.getLong("bench.bytes", 1L << 30);

  private StreamingBenchmark() {}

  static void run() throws IOException, InterruptedException {
    System.out.printf("One answer of %,d MiB in a heap of 128 MiB%n%n", BYTES >> 20);
    System.out.println("| answer | poll | records | MB/s | peak heap | took |");
    System.out.println("|---|---|---|---|---|---|");
    try (GeneratedAnswer source = new GeneratedAnswer(BYTES)) {
      child(source.url() + "/array");
      child(source.url() + "/object");
    }
  }

  private static void child(String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dlog4j2.configurationFile="
                        + System.getProperty("log4j2.configurationFile", ""),
                    "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    StreamingPoll.class.getName(),
                    url,
                    Long.toString(BYTES)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      System.out.printf("| %s | failed: exit %d |%n", url, process.exitValue());
    }
  }
}
