package io.weir.edge.fill;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where an origin adapter is reached.
 *
 * @param authority host and port as its URL has them, for the Host header
 * @param socket resolved where the URL names an address, unresolved where it has a name
 * @param path before the API's own paths, without a slash at its end
 */
record AdapterAddress(String authority, InetSocketAddress socket, String path) {
  private static final int HTTP_PORT = 80;

  /** Of a base URL; nothing is looked up. */
  static AdapterAddress of(String baseUrl) throws FillException {
    URI url;
    try {
      url = URI.create(baseUrl);
    } catch (IllegalArgumentException e) {
      throw new FillException("origin adapter's address is no URL", e);
    }
    if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw new FillException(
          "origin adapter's address must begin with http://, not " + url.getScheme() + ":");
    }
    int port = url.getPort() < 0 ? HTTP_PORT : url.getPort();
    String path = url.getRawPath().replaceAll("/+$", "");
    return new AdapterAddress(url.getRawAuthority(), socket(url.getHost(), port), path);
  }

  private static InetSocketAddress socket(String host, int port) throws FillException {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return literal == null
          ? InetSocketAddress.createUnresolved(host, port)
          : new InetSocketAddress(InetAddress.getByAddress(literal), port);
    } catch (UnknownHostException e) {
      throw new FillException("origin adapter's address is no address", e);
    }
  }
}
