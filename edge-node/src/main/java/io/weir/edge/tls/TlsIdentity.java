package io.weir.edge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate chain with the key that is its own, as read from PEM files (RFC 7468).
 *
 * @param key RSA or EC
 * @param chain the server's certificate first; 1 or more
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both. Blocks for the disk.
   *
   * @throws IOException naming configuration key and file, and what is wrong with it
   */
  static TlsIdentity read(TlsFiles files) throws IOException {
    List<X509Certificate> chain = chain(files.certificate());
    PrivateKey key = key(files.key(), chain.get(0).getPublicKey().getAlgorithm());
    if (!isPair(key, chain.get(0))) {
      throw new IOException(
          "tls.key: %s: is not the key of the certificate in %s"
              .formatted(files.key(), files.certificate()));
    }
    return new TlsIdentity(key, chain);
  }

  Instant expires() {
    return chain.get(0).getNotAfter().toInstant();
  }

  private static List<X509Certificate> chain(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IOException("tls.certificate: " + file + ": holds no certificate");
      }
      return chain;
    } catch (CertificateException e) {
      throw new IOException("tls.certificate: " + file + ": is not PEM: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw unreadable("tls.certificate", file, e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.ISO_8859_1);
    } catch (FileSystemException e) {
      throw unreadable("tls.key", file, e);
    }
    Matcher pem = PKCS8.matcher(text);
    if (!pem.find()) {
      throw new IOException(
          "tls.key: " + file + ": holds no unencrypted PKCS #8 key (BEGIN PRIVATE KEY)");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new IOException("tls.key: " + file + ": is no " + algorithm + " key", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("tls.key: " + file + ": " + algorithm + " is not supported", e);
    }
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate) throws IOException {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    byte[] message = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(message);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(message);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IOException("tls.key: cannot sign: " + e.getMessage(), e);
    }
  }

  private static IOException unreadable(String configKey, Path file, IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "does not exist"
            : "cannot be read: " + cause.getMessage();
    return new IOException(configKey + ": " + file + ": " + why, cause);
  }
}
