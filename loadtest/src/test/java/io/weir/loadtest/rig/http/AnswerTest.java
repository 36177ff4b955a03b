package io.weir.loadtest.rig.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.loadtest.rig.Original;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {
  private static final String HEAD = "HTTP/1.1 206 OK\r\nContent-Length: 5\r\n\r\n";

  @TempDir private Path folder;

  private final Answer answer = new Answer();

  @AfterEach
  void close() {
    answer.close();
  }

  @Test
  void anAnswerMayComeInAnyPieces() {
    String whole = HEAD + "hello";
    for (int cut = 1; cut < whole.length(); cut++) {
      answer.await(0, 5, null);
      answer.read(bytes(whole.substring(0, cut)));
      assertTrue(answer.isAwaited(), "cut at " + cut);
      answer.read(bytes(whole.substring(cut)));
      assertFalse(answer.isAwaited(), "cut at " + cut);
    }
    assertEquals(HEAD.length(), answer.headBytes());
  }

  @Test
  void theBodyMayBeSkipped() {
    answer.await(0, 5, null);
    assertEquals(0, answer.skippable());
    answer.read(bytes(HEAD + "he"));
    assertEquals(3, answer.skippable());
    answer.skip(3);
    assertFalse(answer.isAwaited());
  }

  @Test
  void wrongBytesAreFound() throws IOException {
    Original original = original("xxhelloxx");
    answer.await(2, 5, original);
    answer.read(bytes(HEAD + "he"));
    assertEquals(0, answer.skippable());
    answer.read(bytes("llo"));
    assertFalse(answer.isAwaited());
    answer.await(2, 5, original);
    answer.read(bytes(HEAD + "he"));
    assertThrows(IllegalArgumentException.class, () -> answer.read(bytes("lmo")));
  }

  @Test
  void anotherAnswerThanAskedForIsRefused() {
    refused("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "status 200 with 5 bytes");
    refused("HTTP/1.1 206 OK\r\nContent-Length: 6\r\n\r\n", "status 206 with 6 bytes");
    refused(HEAD + "hello!", "more bytes than the head told");
  }

  @Test
  void unaskedBytesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> answer.read(bytes("HTTP")));
  }

  private void refused(String text, String why) {
    answer.await(0, 5, null);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> answer.read(bytes(text)));
    assertEquals(why, refusal.getMessage());
  }

  private Original original(String text) throws IOException {
    return new Original(Files.writeString(folder.resolve("original"), text));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
