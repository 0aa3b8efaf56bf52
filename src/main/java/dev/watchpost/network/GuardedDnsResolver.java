package dev.watchpost.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves with the system and hands on only what {@link AddressPolicy} allows. httpclient connects
 * to exactly these addresses (literals pass here too), so a name cannot resolve to one thing when
 * checked and to another when connected to. Thread-safe.
 */
final class GuardedDnsResolver implements DnsResolver {

  private final DnsResolver system;
  private final AddressPolicy policy;

  GuardedDnsResolver(AddressPolicy policy) {
    this(policy, SystemDefaultDnsResolver.INSTANCE);
  }

  GuardedDnsResolver(AddressPolicy policy, DnsResolver system) {
    this.policy = policy;
    this.system = system;
  }

  /**
   * The addresses that may be connected to, in the system's order.
   *
   * @throws AddressRefused where none is left, with the first one's refusal
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> allowed = new ArrayList<>();
    String firstRefusal = null;
    for (InetAddress address : system.resolve(host)) {
      String refusal = policy.refusal(host, address);
      if (refusal == null) {
        allowed.add(address);
      } else if (firstRefusal == null) {
        firstRefusal = refusal;
      }
    }
    if (allowed.isEmpty()) {
      throw firstRefusal == null
          ? new UnknownHostException(host)
          : new AddressRefused(firstRefusal);
    }
    return allowed.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return resolve(host)[0].getCanonicalHostName();
  }
}
