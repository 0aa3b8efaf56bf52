package dev.watchpost.file;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check {@code watchpost-files}: UP, and in its details the files that are broken. A file
 * that someone is editing is no reason to take a running program out of service.
 */
final class FilesHealth extends AbstractHealthCheck {
  private final Supplier<List<FileReport>> reports;

  FilesHealth(Supplier<List<FileReport>> reports) {
    // a group of its own: of one that is up as a whole, Camel shows a single check
    super("watchpost-files", "watchpost-files");
    this.reports = reports;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    for (FileReport report : reports.get()) {
      if (!report.errors().isEmpty()) {
        builder.detail(report.file(), report.errors().get(0).toString());
      }
    }
    builder.up();
  }
}
