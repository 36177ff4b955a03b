package io.weir.origin.source;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once for each connection and hands out exactly the addresses that were checked,
 * so that a name cannot change between the check and the connect. One forbidden address refuses the
 * name.
 */
final class VettedResolver implements DnsResolver {
  private final OriginAllowList allowList;

  VettedResolver(OriginAllowList allowList) {
    this.allowList = allowList;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!allowList.allows(address)) {
        throw new AddressRefusedException(host);
      }
    }
    return addresses;
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
