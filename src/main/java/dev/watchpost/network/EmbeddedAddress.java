package dev.watchpost.network;

import java.util.Arrays;

/**
 * IPv6 forms that lead to an IPv4 address: mapped, compatible, translated, NAT64 and 6to4. What
 * they carry decides, or {@code ::ffff:127.0.0.1} would be a way around a block on 127.0.0.0/8.
 */
final class EmbeddedAddress {

  private static final Cidr MAPPED = new Cidr(mapped(), 96);
  private static final Cidr COMPATIBLE = Cidr.parse("::/96");
  private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

  private EmbeddedAddress() {}

  // InetAddress turns the text ::ffff:0:0 into IPv4, so the block cannot be parsed
  private static byte[] mapped() {
    byte[] network = new byte[16];
    network[10] = (byte) 0xff;
    network[11] = (byte) 0xff;
    return network;
  }

  /** The IPv4 address within, or the address itself. */
  static byte[] innermost(byte[] address) {
    if (SIX_TO_FOUR.contains(address)) {
      return Arrays.copyOfRange(address, 2, 6);
    }
    boolean last =
        MAPPED.contains(address)
            || TRANSLATED.contains(address)
            || NAT64.contains(address)
            || COMPATIBLE.contains(address) && !unspecifiedOrLoopback(address);
    return last ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  private static boolean unspecifiedOrLoopback(byte[] address) {
    byte[] start = Arrays.copyOf(address, 15);
    return Arrays.equals(start, new byte[15]) && (address[15] == 0 || address[15] == 1);
  }
}
