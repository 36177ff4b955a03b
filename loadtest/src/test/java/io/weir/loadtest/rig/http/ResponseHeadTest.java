package io.weir.loadtest.rig.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResponseHeadTest {
  private static final String HEAD =
      "HTTP/1.1 206 Partial Content\r\nDate: today\r\ncontent-LENGTH:  1048576 \r\n\r\n";

  @Test
  void aHeadIsReadAndTheBufferLeftAsItWas() {
    ByteBuf bytes = bytes(HEAD + "body\r\n\r\n");
    assertEquals(new ResponseHead(HEAD.length(), 206, 1_048_576, true), ResponseHead.read(bytes));
    assertEquals(0, bytes.readerIndex());
  }

  @Test
  void aHeadIsOnlyReadWhole() {
    for (int length = 0; length < HEAD.length(); length++) {
      assertNull(ResponseHead.read(bytes(HEAD.substring(0, length))), "first " + length);
    }
  }

  @Test
  void connectionsThatEndAreTold() {
    assertEquals(
        new ResponseHead(38, 200, -1, false),
        ResponseHead.read(bytes("HTTP/1.1 200 OK\r\nConnection: CLOSE\r\n\r\n")));
    assertEquals(
        new ResponseHead(19, 200, -1, false), ResponseHead.read(bytes("HTTP/1.0 200 OK\r\n\r\n")));
  }

  @Test
  void whatIsNoHeadIsRefused() {
    String[] wrong = {
      "SSH-2.0-OpenSSH_9.2\r\n\r\n",
      "HTTP/1.1 abc OK\r\n\r\n",
      "HTTP/1.1\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 12x\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "HTTP/1.1 200 OK\r\nX: " + "x".repeat(ResponseHead.MAX_BYTES),
    };
    for (String head : wrong) {
      assertThrows(IllegalArgumentException.class, () -> ResponseHead.read(bytes(head)), head);
    }
  }

  @Test
  void noBytesBreakTheReader() {
    long seed = new Random().nextLong();
    System.out.println("ResponseHeadTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
      for (int change = random.nextInt(4); change >= 0; change--) {
        head[random.nextInt(head.length)] = (byte) random.nextInt();
      }
      try {
        ResponseHead read = ResponseHead.read(Unpooled.wrappedBuffer(head));
        if (read != null) {
          assertEquals(true, read.lengthBytes() <= head.length, "seed " + seed);
        }
      } catch (IllegalArgumentException e) {
        // The one way to refuse.
      }
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
