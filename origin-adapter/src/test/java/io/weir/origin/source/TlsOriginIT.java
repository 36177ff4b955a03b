package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address comes from the vetted lookup; the name that is proven is the URL's. */
final class TlsOriginIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;
  private static SSLContext context;

  private final OriginBench bench = new OriginBench();
  private final List<String> namesAskedFor = new CopyOnWriteArrayList<>();
  private RawOrigin origin;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=origin",
                "-ext",
                "san=dns:origin.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    context =
        SSLContexts.custom().loadKeyMaterial(keys, PASSWORD).loadTrustMaterial(keys, null).build();
  }

  @BeforeEach
  void listen() throws Exception {
    SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setSNIMatchers(List.of(new Notes()));
    listener.setSSLParameters(parameters);
    origin =
        new RawOrigin(
            listener,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (ask, wire) -> {
              if (ask.target().equals("/downgrade")) {
                OriginBench.redirect(wire, "http://origin.example/");
              } else {
                OriginBench.oneByte(ask, wire);
              }
            });
    bench.names = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    bench.tls = context;
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    origin.close();
  }

  private URI url(String host, String path) {
    return URI.create("https://" + host + ":" + origin.port() + path);
  }

  private void assertRefused(URI url, String message) {
    OriginException failure = assertThrows(OriginException.class, () -> bench.probe(url));
    assertEquals(Fault.REFUSED, failure.fault(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }

  @Test
  void originIsAskedForByItsNameAndProvesIt() throws Exception {
    bench.open();

    assertArrayEquals(new byte[] {7}, bench.read(url("origin.example", "/")));
    assertEquals(List.of("origin.example"), namesAskedFor);
  }

  @Test
  void certificateOfAnotherNameIsRefused() {
    bench.open();

    assertRefused(url("other.example", "/"), "origin's certificate does not prove its name");
    assertEquals(0, origin.asks().size());
    assertEquals(1, bench.counted("refused"));
  }

  @Test
  void certificateThatNobodyVouchesForIsRefused() {
    bench.tls = SSLContexts.createDefault();
    bench.open();

    assertRefused(url("origin.example", "/"), "origin's certificate does not prove its name");
    assertEquals(0, origin.asks().size());
  }

  @Test
  void redirectToPlainHttpIsRefused() {
    bench.open();

    assertRefused(url("origin.example", "/downgrade"), "a redirect from https to http is refused");
  }

  private final class Notes extends SNIMatcher {
    Notes() {
      super(StandardConstants.SNI_HOST_NAME);
    }

    @Override
    public boolean matches(SNIServerName name) {
      namesAskedFor.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
      return true;
    }
  }
}
