package io.weir.edge.fill;

import com.fasterxml.jackson.core.JacksonException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.io.IOException;

/**
 * The answer that was not what was asked for, as far as {@link #MAX_BYTES}: the read fails with its
 * status and the title of its RFC 9457 problem. The rest of it goes nowhere.
 */
final class ProblemBody implements AnswerBody {
  static final int MAX_BYTES = 4096;
  private static final int MAX_TITLE_CHARS = 100;

  private final int status;
  private final ByteBuf kept;
  private final boolean whole;

  /** For a body of this length, 1 or more. */
  ProblemBody(ByteBufAllocator allocator, int status, long lengthBytes) {
    int keptBytes = (int) Math.min(lengthBytes, MAX_BYTES);
    this.status = status;
    this.whole = keptBytes == lengthBytes;
    this.kept = allocator.directBuffer(keptBytes, keptBytes);
  }

  /** What a read is told of an answer without a body that could say more. */
  static FillException failure(int status) {
    return new FillException("origin adapter answered " + status);
  }

  @Override
  public ByteBuf room() {
    return kept;
  }

  @Override
  public boolean onFilled() {
    return !kept.isWritable();
  }

  @Override
  public boolean isWhole() {
    return whole;
  }

  @Override
  public void deliver(AdapterRead read) {
    String title = title(ByteBufUtil.getBytes(kept));
    release();
    read.fail(title.isEmpty() ? failure(status) : failure(status, title));
  }

  private static FillException failure(int status, String title) {
    return new FillException("origin adapter answered " + status + " " + title);
  }

  @Override
  public String progress() {
    return kept.readableBytes() + " bytes of answer " + status;
  }

  @Override
  public void release() {
    kept.release();
  }

  private static String title(byte[] body) {
    try {
      String title = Json.MAPPER.readValue(body, Problem.class).title();
      return title == null ? "" : printable(title);
    } catch (JacksonException e) {
      return "";
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static String printable(String title) {
    return title
        .substring(0, Math.min(title.length(), MAX_TITLE_CHARS))
        .replaceAll("\\p{Cntrl}", "?");
  }
}
