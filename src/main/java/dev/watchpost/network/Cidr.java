package dev.watchpost.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A block of addresses such as {@code 10.0.0.0/8} or {@code fc00::/7}; bits past it are zero. */
record Cidr(byte[] network, int prefix) {

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}(?<!\\.)");

  /** Null where the text is not an address or block: {@code a.b.c.d[/n]}, {@code x::y[/n]}. */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int prefix = slash < 0 ? address.length * 8 : number(text.substring(slash + 1));
    return prefix < 0 || prefix > address.length * 8 ? null : of(address, prefix);
  }

  private static Cidr of(byte[] address, int prefix) {
    byte[] network = address.clone();
    for (int bit = prefix; bit < network.length * 8; bit++) {
      network[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return new Cidr(network, prefix);
  }

  /** The bytes of an address in its usual form; null for anything else. Never asks DNS. */
  static byte[] literal(String text) {
    if (!IPV4.matcher(text).matches() && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(of(address, prefix).network, network);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr that
        && prefix == that.prefix
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 4 or 16 bytes by construction
    }
  }
}
