package dev.watchpost.api;

import dev.watchpost.file.FileReport;
import dev.watchpost.file.FileReport.Kind;
import dev.watchpost.file.FileReport.State;
import dev.watchpost.file.Note;
import dev.watchpost.tenant.Owner;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** How the files in routes/ and elements/ fare: they are the default organization's. */
final class FilesApi {
  private final Supplier<List<FileReport>> reports;

  FilesApi(Supplier<List<FileReport>> reports) {
    this.reports = reports;
  }

  public Reply listFiles(Call call) {
    String state = call.query("state");
    List<String> states = Arrays.stream(State.values()).map(FilesApi::text).toList();
    if (state != null && !states.contains(state)) {
      throw Refusal.invalid(
          "state", "expected one of %s, found '%s'".formatted(String.join(", ", states), state));
    }
    return Page.of(call)
        .of(
            reports.get().stream()
                .filter(report -> call.caller().sharesWith(Owner.DEFAULT))
                .filter(report -> state == null || text(report.state()).equals(state))
                .map(FileJson::of)
                .toList());
  }

  private static String text(State state) {
    return switch (state) {
      case USED -> "used";
      case BROKEN_LAST_GOOD_USED -> "brokenLastGoodUsed";
      case BROKEN -> "broken";
      case REMOVED -> "removed";
    };
  }

  private static String text(Kind kind) {
    return switch (kind) {
      case INSTANCE -> "instance";
      case ROUTES -> "routes";
      case ELEMENT -> "element";
    };
  }

  /** As {@link FileReport}. */
  record FileJson(
      String file,
      String kind,
      String state,
      Long instanceId,
      List<String> routes,
      List<Note> errors,
      List<Note> warnings,
      String since) {

    static FileJson of(FileReport report) {
      return new FileJson(
          report.file(),
          text(report.kind()),
          text(report.state()),
          report.instanceId(),
          report.routes(),
          report.errors(),
          report.warnings(),
          report.since().toString());
    }
  }
}
