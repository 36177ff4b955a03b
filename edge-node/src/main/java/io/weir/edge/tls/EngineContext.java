package io.weir.edge.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Engines made elsewhere, for who only takes them from an {@link SSLContext}. */
final class EngineContext extends SSLContextSpi {
  private final Supplier<? extends SSLEngine> engines;

  private EngineContext(Supplier<? extends SSLEngine> engines) {
    this.engines = engines;
  }

  /** A context each of whose engines comes from here; it has nothing else to give. */
  static SSLContext of(Supplier<? extends SSLEngine> engines) {
    return new SSLContext(new EngineContext(engines), null, "TLS") {};
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return engines.get();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return engines.get();
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("it is initialised");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    throw new UnsupportedOperationException();
  }
}
