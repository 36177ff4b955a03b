package io.weir.origin.source;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A host on the allow-list resolves to an address that must not be connected to. */
final class AddressRefusedException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  AddressRefusedException(String host, InetAddress address) {
    super(
        "origin host "
            + OriginException.quote(host)
            + " resolves to an address not allowed: "
            + address.getHostAddress()
            + " is not public");
  }
}
