package dev.watchpost.api;

import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import dev.watchpost.tenant.Owner;
import java.util.Map;

/** Who is calling, and whether what the path names is theirs: what is not is not there. */
final class Callers {
  private final Authorization authorization;
  private final Instances instances;

  Callers(Authorization authorization, Instances instances) {
    this.authorization = authorization;
    this.instances = instances;
  }

  /**
   * @param own number of the instance whose Element token was sent; null: none was
   */
  record Caller(Owner owner, Long own) {}

  /**
   * @param authorization the header; null: there is none
   * @param path parameters
   * @throws Refusal 401, 403 or 404
   */
  Caller caller(String authorization, Map<String, String> path) {
    Authorization.Shown shown = this.authorization.check(authorization);
    Long own = shown.token().map(token -> own(shown.owner(), token)).orElse(null);
    String id = path.get("id");
    if (id != null) {
      requireTheirs(instances, shown.owner(), Call.number(id));
      if (own != null && Call.number(id) != own) {
        throw Refusal.of(403, "the Element token is that of another instance than " + id);
      }
    }
    return new Caller(shown.owner(), own);
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
