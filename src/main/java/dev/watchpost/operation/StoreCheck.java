package dev.watchpost.operation;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness: DOWN while the database cannot be read. It does not ask it, so it answers at once. */
final class StoreCheck extends AbstractHealthCheck {
  private final Supplier<Survey> survey;

  StoreCheck(Supplier<Survey> survey) {
    super("watchpost", "watchpost-database");
    this.survey = survey;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    String failure = survey.get().failure();
    if (failure == null) {
      builder.up();
    } else {
      builder.message(failure).down();
    }
  }
}
