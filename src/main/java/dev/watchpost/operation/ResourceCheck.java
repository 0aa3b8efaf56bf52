package dev.watchpost.operation;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health of one watched resource, in {@code /observe/health} alone: a source that is broken makes
 * this process neither unready nor dead.
 */
final class ResourceCheck extends AbstractHealthCheck {
  private final ResourceLook look;

  ResourceCheck(ResourceLook look) {
    super("watchpost", "resource:%d/%s".formatted(look.instanceId(), look.resource()));
    this.look = look;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.detail("instance", look.instanceId());
    builder.detail("resource", look.resource());
    builder.detail("lag.seconds", look.lag().toSeconds());
    builder.detail(
        "last.success", look.lastSuccess() == null ? "never" : look.lastSuccess().toString());
    builder.detail("failures", look.failures());
    if (look.lastError() != null) {
      builder.detail("last.error", look.lastError());
    }
    if (look.down()) {
      builder.message(message(look.lag())).down();
    } else {
      builder.up();
    }
  }

  private String message(Duration lag) {
    String what = look.paused() ? "paused after too many failures" : "no progress";
    String why = look.lastError() == null ? "" : ": " + look.lastError();
    return "%s, %d s since the last success%s".formatted(what, lag.toSeconds(), why);
  }
}
