package dev.watchpost.instance;

import dev.watchpost.tenant.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One authenticated account of an element with a poller configuration, as stored. Immutable.
 *
 * @param id its number, given by the store
 * @param token the secret of the {@code Element <token>} authorization
 * @param elementKey key of its element
 * @param name as given; default the element's key
 * @param tags in the order given
 * @param configuration flat settings, secrets in clear (they are sealed in the store and masked in
 *     answers); {@code event.poller.configuration} as JSON text
 * @param providerData of the creating request, {@code code} among it
 * @param disabled neither polls nor delivers
 * @param file where it came from; null: created over REST
 * @param owner whose it is
 * @param createdDate when it was first stored
 */
public record Instance(
    long id,
    String token,
    String elementKey,
    String name,
    List<String> tags,
    Map<String, String> configuration,
    Map<String, String> providerData,
    boolean disabled,
    InstanceFile file,
    Owner owner,
    Instant createdDate) {

  private static final String DEFAULT_BATCH_SIZE = "10";

  /** Events of one notification at most. */
  public int batchSize() {
    return Integer.parseInt(
        configuration.getOrDefault("event.notification.batch.size", DEFAULT_BATCH_SIZE).strip());
  }

  /**
   * True where events are polled for and delivered: enabled, {@code event.notification.enabled},
   * and its file, if it is that of one, is there.
   */
  public boolean active() {
    return !disabled
        && (file == null || !file.removed())
        && Boolean.parseBoolean(configuration.get("event.notification.enabled"));
  }

  /** The same, under the id it got. */
  Instance withId(long id) {
    return with(id, disabled, file);
  }

  /** The same, disabled or not. */
  Instance withDisabled(boolean disabled) {
    return with(id, disabled, file);
  }

  /** The same, of that file. */
  Instance withFile(InstanceFile file) {
    return with(id, disabled, file);
  }

  private Instance with(long id, boolean disabled, InstanceFile file) {
    return new Instance(
        id,
        token,
        elementKey,
        name,
        tags,
        configuration,
        providerData,
        disabled,
        file,
        owner,
        createdDate);
  }
}
