package io.weir.protocol.process;

import io.weir.protocol.control.BearerToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that a configuration names for a secret. */
public final class CredentialFile {
  private static final Logger log = LoggerFactory.getLogger(CredentialFile.class);

  /**
   * Reads the secret, white space around it ignored; warns where every user of the machine may do
   * so too.
   *
   * @param key the configuration's key, for messages
   * @throws IOException naming key, file and what is wrong: it is missing, cannot be read, or holds
   *     no token
   */
  public static BearerToken read(String key, Path file) throws IOException {
    try {
      BearerToken token = BearerToken.of(Files.readString(file).strip());
      if (isReadableByEveryone(file)) {
        log.warn("credential file is readable by every user key={} file={}", key, file);
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new IOException(key + ": " + file + ": does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(key + ": " + file + ": may not be read by this user", e);
    } catch (CharacterCodingException e) {
      throw new IOException(key + ": " + file + ": is not text", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(key + ": " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isReadableByEveryone(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.OTHERS_READ);
  }

  private CredentialFile() {}
}
