package io.weir.edge.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS 1.3 and 1.2 for HTTP/1.1 (ALPN, RFC 7301): engines for connections, with
 * the certificate that the files hold at the time. A pair that was replaced is in use until its
 * last connection ends. Thread-safe.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
  private static final ApplicationProtocolConfig HTTP_1_1 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  private final TlsFiles files;
  private final TlsLibrary library;
  private final TlsMetrics metrics;
  private TlsFiles.Stamp stamp;
  private TlsIdentity identity;
  private SslContext context;

  private ServerTls(TlsFiles files, TlsLibrary library, MeterRegistry meters, TlsFiles.Stamp stamp)
      throws IOException {
    this.files = files;
    this.library = library;
    this.stamp = stamp;
    this.identity = TlsIdentity.read(files);
    this.context = context(identity, library);
    this.metrics = new TlsMetrics(meters, () -> identity().expires());
  }

  /**
   * Reads the files. Blocks for the disk.
   *
   * @throws IOException if one of them cannot be used, naming its configuration key, the file and
   *     why
   */
  public static ServerTls open(TlsFiles files, TlsLibrary library, MeterRegistry meters)
      throws IOException {
    ServerTls tls;
    try {
      tls = new ServerTls(files, library, meters, files.stamp());
    } catch (FileSystemException e) {
      TlsIdentity.read(files); // says which key names the file
      throw e;
    }
    log.info("tls ready library={} expires={}", library, tls.identity().expires());
    return tls;
  }

  /**
   * Takes the files' pair into use if they have changed; where they cannot be used the old pair
   * stays, and they are not looked at again before they change once more. Blocks for the disk.
   */
  public void reloadIfChanged() {
    try {
      TlsFiles.Stamp now = files.stamp();
      if (!now.equals(stamp())) {
        reload(now);
      }
    } catch (IOException e) {
      log.debug("tls files cannot be looked at cause={}", e.toString());
    }
  }

  private void reload(TlsFiles.Stamp now) {
    try {
      TlsIdentity fresh = TlsIdentity.read(files);
      use(now, fresh, context(fresh, library));
      metrics.onReloaded();
      log.info("tls certificate reloaded expires={}", fresh.expires());
    } catch (IOException e) {
      keep(now);
      metrics.onRefused();
      log.warn("tls certificate not reloaded, the old one stays cause={}", e.getMessage());
    }
  }

  /**
   * Whose every engine is a {@link BatchingEngine} with the present certificate (returns owned).
   */
  public SSLContext context() {
    return EngineContext.of(this::newEngine);
  }

  private synchronized BatchingEngine newEngine() {
    return new BatchingEngine(context.newEngine(ByteBufAllocator.DEFAULT));
  }

  private synchronized void use(TlsFiles.Stamp now, TlsIdentity fresh, SslContext next) {
    SslContext old = context;
    stamp = now;
    identity = fresh;
    context = next;
    ReferenceCountUtil.release(old);
  }

  private synchronized void keep(TlsFiles.Stamp now) {
    stamp = now;
  }

  private synchronized TlsFiles.Stamp stamp() {
    return stamp;
  }

  private synchronized TlsIdentity identity() {
    return identity;
  }

  private static SslContext context(TlsIdentity identity, TlsLibrary library) throws IOException {
    return SslContextBuilder.forServer(identity.key(), identity.chain())
        .sslProvider(library.provider())
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(HTTP_1_1)
        .build();
  }

  /** Lets go of the context; engines of open connections live on until they are closed. */
  @Override
  public synchronized void close() {
    ReferenceCountUtil.release(context);
  }
}
