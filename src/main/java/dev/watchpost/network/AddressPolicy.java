package dev.watchpost.network;

import java.net.InetAddress;

/**
 * Which addresses may be connected to. Link-local, metadata, multicast and unspecified ones never;
 * loopback and private ranges only where the operator lists them. Immutable.
 */
public final class AddressPolicy {

  /**
   * @param allow comma-separated CIDRs and host names ({@code watchpost.network.allow}); empty
   *     allows public addresses only
   * @throws IllegalArgumentException naming the entry that is neither
   */
  public static AddressPolicy allowing(String allow) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Null where {@code address}, to which {@code host} resolved, may be connected to; else the
   * reason in words.
   */
  public String refusal(String host, InetAddress address) {
    throw new UnsupportedOperationException("to come");
  }
}
