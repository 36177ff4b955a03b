package io.weir.edge.fill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerHeadTest {
  private static final String PLAIN =
      "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 16384\r\nEmpty:\r\n\r\n";

  @Test
  void headIsReadOnceAllOfItIsThereAndNotAByteFurther() throws FillException {
    for (int length = 0; length < PLAIN.length(); length++) {
      assertNull(AnswerHead.read(bytes(PLAIN.substring(0, length))), "first " + length + " bytes");
    }
    ByteBuf bytes = bytes(PLAIN + "body");
    assertEquals(new AnswerHead(200, 16384, true), AnswerHead.read(bytes));
    assertEquals("body", bytes.toString(ISO_8859_1));
  }

  @Test
  void whatEndsTheConnectionIsSeen() throws FillException {
    assertEquals(
        new AnswerHead(503, 0, false),
        read("HTTP/1.1 503\r\ncontent-LENGTH:0\r\nCONNECTION: Close\r\n\r\n"));
    assertEquals(
        new AnswerHead(200, AnswerHead.UNKNOWN, false),
        read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"));
    assertEquals(new AnswerHead(200, AnswerHead.UNKNOWN, true), read("HTTP/1.1 200 OK\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "x",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 +20 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 600 OK\r\n\r\n",
        "HTTP/1.1 \r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1234567890123456\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\n Content-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 5\r\n\r\n",
      })
  void headThatIsNotPlainlyOneIsRefused(String head) {
    assertTrue(refusal(head).startsWith("origin adapter's answer "), refusal(head));
  }

  @Test
  void headWithoutAnEndIsRefusedAtItsBound() throws FillException {
    String begun = "HTTP/1.1 200 OK\r\nX: ";
    String longest = begun + "x".repeat(AnswerHead.MAX_BYTES - begun.length());
    assertNull(read(longest.substring(0, longest.length() - 1)));
    assertEquals("origin adapter's answer is longer than 8192 bytes", refusal(longest));
  }

  @Test
  void damagedHeadIsReadOrRefused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = PLAIN.getBytes(ISO_8859_1);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        AnswerHead head = AnswerHead.read(Unpooled.wrappedBuffer(damaged));
        assertTrue(
            head == null || head.lengthBytes() >= AnswerHead.UNKNOWN, "seed " + seed + " " + head);
      } catch (FillException refused) {
        assertTrue(refused.getMessage().length() < 100, "seed " + seed);
      }
    }
  }

  private static AnswerHead read(String head) throws FillException {
    return AnswerHead.read(bytes(head));
  }

  private static String refusal(String head) {
    return assertThrows(FillException.class, () -> AnswerHead.read(bytes(head))).getMessage();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
