package io.weir.edge.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What certificate and key files may be, and what is said of those that cannot be used. */
class TlsIdentityTest {
  private static TestCertificate rsa;
  private static TestCertificate ec;

  @TempDir private Path directory;
  private TlsFiles files;

  @BeforeAll
  static void make(@TempDir Path certificates) {
    rsa = TestCertificate.make(certificates, "RSA");
    ec = TestCertificate.make(certificates, "EC");
  }

  @BeforeEach
  void write() throws IOException {
    files = rsa.write(directory);
  }

  @Test
  void rsaAndEcAreRead() throws IOException {
    assertEquals(List.of(rsa.certificate()), TlsIdentity.read(files).chain());
    assertEquals(List.of(ec.certificate()), TlsIdentity.read(ec.write(directory)).chain());
  }

  @Test
  void chainIsReadInItsOrder() throws IOException {
    Files.writeString(files.certificate(), rsa.certificatePem() + ec.certificatePem());
    assertEquals(List.of(rsa.certificate(), ec.certificate()), TlsIdentity.read(files).chain());
  }

  @Test
  void missingFileIsNamedWithItsKey() throws IOException {
    Files.delete(files.key());
    assertRefused("tls.key: " + files.key() + ": does not exist");
    Files.delete(files.certificate());
    assertRefused("tls.certificate: " + files.certificate() + ": does not exist");
  }

  @Test
  void certificateThatIsNoneIsNamed() throws IOException {
    Files.writeString(files.certificate(), "");
    assertRefused("tls.certificate: " + files.certificate() + ": holds no certificate");
    Files.writeString(files.certificate(), rsa.certificatePem().replace('A', '!'));
    assertRefused("tls.certificate: " + files.certificate() + ": is not PEM");
  }

  @Test
  void keyThatIsNotPlainPkcs8IsNamed() throws IOException {
    String fault = "tls.key: " + files.key() + ": holds no unencrypted PKCS #8 key";
    Files.writeString(files.key(), "");
    assertRefused(fault);
    Files.writeString(files.key(), rsa.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    assertRefused(fault);
    Files.writeString(files.key(), rsa.keyPem().replace("PRIVATE KEY", "RSA PRIVATE KEY"));
    assertRefused(fault);
    Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    assertRefused("tls.key: " + files.key() + ": is no RSA key");
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws IOException {
    Files.writeString(files.key(), ec.keyPem());
    assertRefused("tls.key: " + files.key() + ": is no RSA key");
    TestCertificate other = TestCertificate.make(directory, "RSA");
    Files.writeString(files.key(), other.keyPem());
    assertRefused("tls.key: " + files.key() + ": is not the key of the certificate in ");
  }

  private void assertRefused(String fault) {
    IOException refused = assertThrows(IOException.class, () -> TlsIdentity.read(files));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(fault), refused.getMessage());
  }
}
