package dev.watchpost.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * IPv6 forms that lead to an IPv4 address: mapped, compatible, translated, NAT64 and 6to4. What
 * they carry decides, or {@code ::ffff:127.0.0.1} would be a way around a block on 127.0.0.0/8.
 * Where a local NAT64 (RFC 8215) has its IPv4 address depends on its prefix, and Teredo's (RFC
 * 4380) is inverted.
 */
final class EmbeddedAddress {

  private static final Cidr MAPPED = new Cidr(mapped(), 96);
  private static final Cidr COMPATIBLE = Cidr.parse("::/96");
  private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
  private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
  private static final Cidr TEREDO = Cidr.parse("2001::/32");

  /** Where RFC 6052 puts the four bytes after prefixes of 48, 56, 64 and 96 bits. */
  private static final int[][] NAT64_BYTES = {
    {6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}, {12, 13, 14, 15}
  };

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

  /** The address itself and every IPv4 address that it may lead to. */
  static List<byte[]> possible(byte[] address) {
    List<byte[]> all = new ArrayList<>(List.of(address, innermost(address)));
    if (LOCAL_NAT64.contains(address)) {
      for (int[] at : NAT64_BYTES) {
        all.add(new byte[] {address[at[0]], address[at[1]], address[at[2]], address[at[3]]});
      }
      all.removeIf(possible -> possible[0] == 0 && possible.length == 4); // mere padding
    } else if (TEREDO.contains(address)) {
      byte[] client = Arrays.copyOfRange(address, 12, 16);
      for (int i = 0; i < client.length; i++) {
        client[i] = (byte) ~client[i];
      }
      all.add(client);
    }
    return all;
  }

  private static boolean unspecifiedOrLoopback(byte[] address) {
    byte[] start = Arrays.copyOf(address, 15);
    return Arrays.equals(start, new byte[15]) && (address[15] == 0 || address[15] == 1);
  }
}
