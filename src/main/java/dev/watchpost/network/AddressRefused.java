package dev.watchpost.network;

import java.net.UnknownHostException;

/**
 * A host resolves to nothing but addresses that {@link AddressPolicy} refuses; the message is the
 * refusal. An {@link UnknownHostException} because that is all a resolver may throw.
 */
public final class AddressRefused extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  AddressRefused(String refusal) {
    super(refusal);
  }
}
