package io.weir.edge.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** What encrypts. */
public enum TlsLibrary {
  /** BoringSSL; its natives come along for Linux on x86-64 and AArch64. */
  NATIVE(SslProvider.OPENSSL_REFCNT),

  /** The JDK's own, everywhere, at twice the cost. */
  JDK(SslProvider.JDK);

  private final SslProvider provider;

  TlsLibrary(SslProvider provider) {
    this.provider = provider;
  }

  /** The faster of what this machine has. */
  public static TlsLibrary best() {
    return OpenSsl.isAvailable() ? NATIVE : JDK;
  }

  SslProvider provider() {
    return provider;
  }
}
