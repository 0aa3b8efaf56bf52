package dev.watchpost;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.main.Main;

/**
 * OpenTelemetry for Camel's tracer, where {@code camel.opentelemetry2.enabled} is true: configured
 * by OpenTelemetry's own names, {@code otel.*} in application.properties or {@code OTEL_*} in the
 * environment. Only traces are exported; metrics are scraped.
 */
final class Tracing {
  static final String ENABLED = "camel.opentelemetry2.enabled";
  private static final String EXCLUDED = "camel.opentelemetry2.excludePatterns";
  private static final String PREFIX = "otel.";

  private Tracing() {}

  /**
   * @return what exports when it is closed, or something that does nothing
   */
  static AutoCloseable start(Main main, Map<String, String> properties) {
    if (!"true".equals(properties.get(ENABLED))) {
      // else whoever asks for the global one is told on the console that there is none
      if (!GlobalOpenTelemetry.isSet()) {
        GlobalOpenTelemetry.set(OpenTelemetry.noop());
      }
      return () -> {};
    }
    if (!properties.containsKey(EXCLUDED)) {
      // the timers of poll and delivery routes fire often and mostly find nothing to do; any such
      // property makes Camel's tracer, so it is set here only
      main.addInitialProperty(EXCLUDED, "timer:*,seda:watchpost-wake*");
    }
    Map<String, String> defaults =
        new HashMap<>(
            Map.of(
                "otel.service.name", "watchpost",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf"));
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            defaults.put(name, value);
          }
        });
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> defaults)
            .disableShutdownHook()
            .setResultAsGlobal()
            .build()
            .getOpenTelemetrySdk();
    main.bind("tracer", sdk.getTracer("watchpost"));
    main.bind("contextPropagators", sdk.getPropagators());
    return sdk;
  }
}
