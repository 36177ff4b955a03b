package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for loopback, as PEM files, made by the JDK's own keytool.
 *
 * @param chain the certificate
 * @param key its private key, PKCS #8
 */
public record Certificate(Path chain, Path key) {
  private static final String ALIAS = "server";
  private static final String PASSWORD = "changeit";

  /** Makes one in the directory. */
  public static Certificate create(Path dir) throws IOException {
    Path store = dir.resolve("certificate.p12");
    String said =
        Program.firstLine(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:" + Bench.HOST,
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    if (!Files.exists(store)) {
      throw new IOException("keytool made no certificate: " + said);
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return new Certificate(
          pem(dir, "certificate.pem", "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          pem(
              dir,
              "key.pem",
              "PRIVATE KEY",
              keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool's certificate cannot be read", e);
    }
  }

  private static Path pem(Path dir, String name, String type, byte[] der) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        dir.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(type, lines.encodeToString(der), type));
  }
}
