package dev.watchpost.api;

import dev.watchpost.element.Catalogue;
import dev.watchpost.file.FileReport;
import dev.watchpost.instance.Instances;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.Polls;
import dev.watchpost.source.HubReads;
import dev.watchpost.tenant.Tenants;
import dev.watchpost.webhook.Webhooks;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.rest.RestDefinition;

/**
 * The REST API: every operation of openapi.yaml, under each base its servers name, goes to {@code
 * direct:watchpost-<operationId>}, which calls the bean method of that name. Camel's own {@code
 * rest().openApi()} is not used: it needs camel-rest-openapi, serves a contract under one base, and
 * answers 404 and 405 in its own form.
 */
public final class ApiRoutes extends RouteBuilder {
  /** Callbacks of tenants may not name what begins so. */
  private static final String DIRECT = "direct:watchpost-";

  /** Deliveries are looked for at once: a write may have made some due. */
  private static final String WAKE = "seda:watchpost-wake?size=1&discardWhenFull=true";

  private final Contract contract = Contract.load();
  private final Callers callers;
  private final ApiPolicy policy;
  private final BooleanSupplier started;
  private final List<Object> beans;

  /**
   * @param keys of creates that are sent again
   * @param files how the files in routes/ and elements/ fare
   * @param started false: writes answer 503
   */
  public ApiRoutes(
      Tenants tenants,
      ApiPolicy policy,
      IdempotencyKeys keys,
      Catalogue catalogue,
      Instances instances,
      Outbox outbox,
      Polls polls,
      HubReads reads,
      Webhooks webhooks,
      Supplier<List<FileReport>> files,
      Clock clock,
      BooleanSupplier started) {
    this.callers = new Callers(new Authorization(tenants), instances, new CallLimits(policy));
    this.policy = policy;
    this.started = started;
    this.beans =
        List.of(
            new InstancesApi(instances, catalogue, outbox, keys),
            new EventsApi(outbox),
            new PollsApi(instances, polls, clock),
            new ElementsApi(catalogue, contract),
            new DocsApi(catalogue),
            new PageApi(),
            new OAuthApi(catalogue),
            new HubsApi(instances, reads),
            new WebhooksApi(webhooks),
            new FilesApi(files));
  }

  @Override
  public void configure() throws Exception {
    onException(Exception.class).handled(true).process(Departure::failure);
    // a route is linked from both bases, which inlining does not allow
    restConfiguration().component("platform-http").inlineRoutes(false);
    contract.bases().forEach(this::serve);
    contract.operations().forEach(this::operate);
    OtherRequests.answerThem(getContext(), contract, policy.bodyLimit());
  }

  private void serve(String base) {
    RestDefinition rest = rest(base);
    for (Operation operation : contract.operations()) {
      String direct = DIRECT + operation.id();
      rest.verb(operation.method().toLowerCase(Locale.ROOT), operation.path()).to(direct);
      if (operation.method().equals("GET")) {
        rest.head(operation.path()).to(direct);
      }
    }
  }

  private void operate(Operation operation) {
    RouteDefinition route =
        from(DIRECT + operation.id())
            .routeId(operation.id())
            .process(new Arrival(operation, contract, callers, policy.bodyLimit(), started))
            .bean(beanOf(operation), operation.id())
            .process(Departure::reply);
    if (!operation.method().equals("GET")) {
      route.to(ExchangePattern.InOnly, WAKE);
    }
  }

  private Object beanOf(Operation operation) {
    return beans.stream()
        .filter(bean -> Arrays.stream(bean.getClass().getMethods()).anyMatch(m -> is(m, operation)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no method " + operation.id()));
  }

  private static boolean is(Method method, Operation operation) {
    return method.getName().equals(operation.id());
  }
}
