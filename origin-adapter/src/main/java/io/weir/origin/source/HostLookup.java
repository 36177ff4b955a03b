package io.weir.origin.source;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name service; injected so that tests say what names resolve to. */
@FunctionalInterface
interface HostLookup {
  /** Every address of a name, at least one. */
  InetAddress[] lookup(String host) throws UnknownHostException;
}
