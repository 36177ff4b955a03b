package io.weir.loadtest.rig.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the client side of TLS for the connections of one run. */
final class TlsEngines {
  private final SSLContext context;
  private final HttpLoadPlan plan;

  private TlsEngines(SSLContext context, HttpLoadPlan plan) {
    this.context = context;
    this.plan = plan;
  }

  /** As the plan says. */
  static TlsEngines of(HttpLoadPlan plan) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = plan.tls().insecure() ? new TrustManager[] {new TrustAnyone()} : null;
      context.init(null, trust, null);
      return new TlsEngines(context, plan);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  boolean trustsAnyone() {
    return plan.tls().insecure();
  }

  SSLContext context() {
    return context;
  }

  /** The transfer of one connection, which closes it. */
  TlsTransfer over(Wire wire, LoopBuffers buffers) {
    SSLEngine engine = context.createSSLEngine(plan.host(), plan.port());
    SSLParameters parameters = engine.getSSLParameters();
    if (!plan.tls().insecure()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (plan.tls().discard()) {
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
    }
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(true);
    return new TlsTransfer(engine, wire, buffers, plan.tls().discard());
  }

  /** A load test's server has whatever certificate it has. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
