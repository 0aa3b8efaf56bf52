package dev.watchpost.api;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.tenant.Owner;
import java.util.Map;

/** Who is calling, and whether what the path names is theirs: what is not is not there. */
final class Callers {
  private static final Caller NOBODY = new Caller(null, null);

  private final Authorization authorization;
  private final Instances instances;
  private final CallLimits limits;

  Callers(Authorization authorization, Instances instances, CallLimits limits) {
    this.authorization = authorization;
    this.instances = instances;
    this.limits = limits;
  }

  /**
   * @param own number of the instance whose Element token was sent; null: none was
   */
  record Caller(Owner owner, Long own) {

    /**
     * @throws Refusal 403 where the Element token is that of another instance
     */
    void requireOwn(long id) {
      if (own != null && own != id) {
        throw Refusal.of(403, "the Element token is that of another instance than " + id);
      }
    }
  }

  /**
   * Of an operation that needs no credentials. Webhooks are not limited: providers that are refused
   * may not send them again.
   *
   * @throws Refusal 429
   */
  Caller nobody(Operation operation, String address) {
    if (!operation.isWebhook()) {
      limits.called(address);
    }
    return NOBODY;
  }

  /**
   * @param authorization the header; null: there is none
   * @param path parameters
   * @throws Refusal 401, 403, 404 or 429
   */
  Caller caller(String authorization, String address, Map<String, String> path) {
    limits.mayTry(address);
    Caller caller = known(authorization, address);
    limits.called(caller.owner());
    String id = path.get("id");
    if (id != null) {
      requireTheirs(instances, caller.owner(), Call.number(id));
      caller.requireOwn(Call.number(id));
    }
    return caller;
  }

  private Caller known(String header, String address) {
    try {
      Authorization.Shown shown = authorization.check(header);
      return new Caller(
          shown.owner(), shown.token().map(token -> own(shown.owner(), token)).orElse(null));
    } catch (Refusal wrong) {
      limits.failed(address);
      throw wrong;
    }
  }

  private long own(Owner owner, String token) {
    return instances
        .findByToken(token)
        .filter(instance -> instance.owner().sharesWith(owner))
        .map(Instance::id)
        .orElseThrow(() -> Authorization.unauthorized("unknown Element token"));
  }

  /**
   * @throws Refusal 404 where there is no such instance, or it is another organization's
   */
  static void requireTheirs(Instances instances, Owner owner, long id) {
    instances
        .find(id)
        .filter(instance -> instance.owner().sharesWith(owner))
        .orElseThrow(() -> Refusal.notFound("no instance " + id));
  }
}
