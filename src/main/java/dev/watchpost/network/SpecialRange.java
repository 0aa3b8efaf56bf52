package dev.watchpost.network;

import java.util.List;
import java.util.Optional;

/**
 * A block that is not the public Internet (IANA's special-purpose registries, RFC 6890, and the
 * addresses where clouds serve credentials).
 *
 * @param text the block as an operator would write it
 * @param words what such an address is, with its article
 * @param never true: no setting allows it
 */
record SpecialRange(Cidr block, String text, String words, boolean never) {

  private static final List<SpecialRange> ALL =
      List.of(
          never("169.254.169.254", "a cloud metadata address"),
          never("100.100.100.200", "a cloud metadata address"),
          never("168.63.129.16", "a cloud metadata address"),
          never("192.0.0.192", "a cloud metadata address"),
          never("fd00:ec2::254", "a cloud metadata address"),
          never("fd20:ce::254", "a cloud metadata address"),
          never("255.255.255.255", "the broadcast address"),
          never("0.0.0.0/8", "an unspecified address"),
          never("::/128", "the unspecified address"),
          never("169.254.0.0/16", "a link-local address"),
          never("fe80::/10", "a link-local address"),
          never("224.0.0.0/4", "a multicast address"),
          never("ff00::/8", "a multicast address"),
          never("240.0.0.0/4", "a reserved address"),
          unlessListed("127.0.0.0/8", "a loopback address"),
          unlessListed("::1/128", "the loopback address"),
          unlessListed("10.0.0.0/8", "a private address"),
          unlessListed("172.16.0.0/12", "a private address"),
          unlessListed("192.168.0.0/16", "a private address"),
          unlessListed("fc00::/7", "a private address"),
          unlessListed("fec0::/10", "a private address"),
          unlessListed("100.64.0.0/10", "an address of a carrier's NAT"),
          unlessListed("192.0.0.0/24", "an address for protocol assignments"),
          unlessListed("198.18.0.0/15", "an address for benchmarks"),
          unlessListed("192.88.99.0/24", "a relay address"),
          unlessListed("192.0.2.0/24", "an address for documentation"),
          unlessListed("198.51.100.0/24", "an address for documentation"),
          unlessListed("203.0.113.0/24", "an address for documentation"),
          unlessListed("2001:db8::/32", "an address for documentation"),
          unlessListed("3fff::/20", "an address for documentation"),
          unlessListed("64:ff9b:1::/48", "an address of a local NAT64"),
          unlessListed("2001::/23", "an address for protocol assignments"),
          unlessListed("100::/64", "a discard address"));

  private static SpecialRange never(String text, String words) {
    return new SpecialRange(Cidr.parse(text), text, words, true);
  }

  private static SpecialRange unlessListed(String text, String words) {
    return new SpecialRange(Cidr.parse(text), text, words, false);
  }

  /** The first block that holds the address; those never allowed come first. */
  static Optional<SpecialRange> of(byte[] address) {
    return ALL.stream().filter(range -> range.block.contains(address)).findFirst();
  }
}
