package io.weir.origin.source;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once for each connection and hands out exactly the addresses that were checked,
 * so that a name cannot change between the check and the connect. One forbidden address refuses the
 * name.
 */
final class VettedResolver implements DnsResolver {
  /** Addresses of one name that are tried, so that no name holds a caller for long. */
  static final int MAX_ADDRESSES = 4;

  private final HostLookup names;
  private final Predicate<InetAddress> allowed;

  VettedResolver(HostLookup names, Predicate<InetAddress> allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.lookup(host);
    for (InetAddress address : addresses) {
      if (!allowed.test(address)) {
        throw new AddressRefusedException(host, address);
      }
    }
    return Arrays.copyOf(addresses, Math.min(addresses.length, MAX_ADDRESSES));
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Stream.of(resolve(host)).map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
