package dev.watchpost.operation;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRepository;

/** A health check for each watched resource, as the last look has shown it. */
final class ResourceChecks implements HealthCheckRepository {
  private final Supplier<Survey> survey;
  private volatile boolean enabled = true;

  ResourceChecks(Supplier<Survey> survey) {
    this.survey = survey;
  }

  @Override
  public String getId() {
    return "watchpost-resources";
  }

  @Override
  public Stream<HealthCheck> stream() {
    return enabled ? survey.get().resources().stream().map(ResourceCheck::new) : Stream.empty();
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
