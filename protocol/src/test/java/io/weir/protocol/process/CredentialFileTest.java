package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
  @TempDir private Path dir;

  @Test
  void whiteSpaceAroundTheSecretIsIgnored() throws IOException {
    Path file = Files.writeString(dir.resolve("token"), " s3cret\n");
    assertTrue(CredentialFile.read("token-file", file).matches("Bearer s3cret"));
  }

  @Test
  void whatCannotBeASecretIsNamedWithKeyAndFileButNotQuoted() throws IOException {
    assertFault("does not exist");
    Files.writeString(token(), "two words\n");
    assertFault("a token is printable ASCII without spaces");
    Files.writeString(token(), " \n");
    assertFault("a token is printable ASCII without spaces");
    Files.write(token(), new byte[] {'a', (byte) 0xff});
    assertFault("is not text");
    Files.delete(token());
    Files.createDirectory(token());
    assertFault("Is a directory");
  }

  private Path token() {
    return dir.resolve("token");
  }

  private void assertFault(String fault) {
    IOException e =
        assertThrows(IOException.class, () -> CredentialFile.read("token-file", token()));
    assertEquals("token-file: " + token() + ": " + fault, e.getMessage());
  }
}
