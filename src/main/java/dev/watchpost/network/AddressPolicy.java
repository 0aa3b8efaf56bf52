package dev.watchpost.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses may be connected to. Link-local, metadata, multicast and unspecified ones never;
 * loopback and private ranges only where the operator lists them. Immutable.
 */
public final class AddressPolicy {

  private static final Set<String> METADATA_HOSTS =
      Set.of(
          "metadata.google.internal",
          "metadata.goog",
          "metadata",
          "instance-data",
          "instance-data.ec2.internal",
          "metadata.azure.internal");

  // the last label holds a letter, or a mistyped address would pass for a name
  private static final Pattern HOST_NAME =
      Pattern.compile("([A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*\\.?");

  private final List<Cidr> blocks;
  private final Set<String> hosts;

  private AddressPolicy(List<Cidr> blocks, Set<String> hosts) {
    this.blocks = List.copyOf(blocks);
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * @param allow comma-separated CIDRs and host names ({@code watchpost.network.allow}); empty
   *     allows public addresses only
   * @throws IllegalArgumentException naming the entry that is neither
   */
  public static AddressPolicy allowing(String allow) {
    List<Cidr> blocks = new ArrayList<>();
    Set<String> hosts = new HashSet<>();
    for (String entry : allow.split(",")) {
      String text = entry.strip();
      Cidr block = Cidr.parse(text);
      if (block != null) {
        blocks.add(block);
      } else if (HOST_NAME.matcher(text).matches()) {
        hosts.add(plain(text));
      } else if (!text.isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" is neither a CIDR such as 10.0.0.0/8 nor a host name".formatted(text));
      }
    }
    return new AddressPolicy(blocks, hosts);
  }

  /**
   * Null where {@code address}, to which {@code host} resolved, may be connected to; else the
   * reason in words.
   */
  public String refusal(String host, InetAddress address) {
    String subject = subject(host, address);
    byte[] outer = address.getAddress();
    String never = never(host, outer);
    if (never != null) {
      return subject + " is " + never;
    }
    byte[] inner = EmbeddedAddress.innermost(outer);
    Optional<SpecialRange> range = SpecialRange.of(inner);
    return range.isEmpty() || allowed(host, outer, inner)
        ? null
        : "%s is %s: add %s to watchpost.network.allow to connect to it."
            .formatted(subject, range.get().words(), range.get().text());
  }

  /**
   * What a host is that no setting allows, as the end of a sentence; null: that is not known
   * without resolving it. Never asks DNS.
   *
   * @param host a name, or an address, an IPv6 one in brackets
   */
  static String never(String host) {
    byte[] literal = Cidr.literal(host.replaceAll("[\\[\\]]", ""));
    return never(host, literal == null ? new byte[0] : literal);
  }

  private static String never(String host, byte[] address) {
    if (METADATA_HOSTS.contains(plain(host))) {
      return "a cloud metadata service, which is never connected to.";
    }
    return EmbeddedAddress.possible(address).stream()
        .flatMap(possible -> SpecialRange.of(possible).stream())
        .filter(SpecialRange::never)
        .map(range -> range.words() + ", which is never connected to.")
        .findFirst()
        .orElse(null);
  }

  private boolean allowed(String host, byte[] outer, byte[] inner) {
    return hosts.contains(plain(host))
        || blocks.stream().anyMatch(block -> block.contains(outer) || block.contains(inner));
  }

  private static String subject(String host, InetAddress address) {
    String literal = address.getHostAddress();
    return literal.equals(host) ? literal : "\"%s\" (%s)".formatted(host, literal);
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
