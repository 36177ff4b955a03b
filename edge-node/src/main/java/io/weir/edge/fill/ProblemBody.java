package io.weir.edge.fill;

import com.fasterxml.jackson.core.JacksonException;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads the answer that was not what was asked for, as far as {@link #MAX_BYTES}, and fails with
 * its status and the title of its RFC 9457 problem. The rest of it goes nowhere.
 */
final class ProblemBody implements HttpResponse.BodySubscriber<Void> {
  static final int MAX_BYTES = 4096;
  private static final int MAX_TITLE_CHARS = 100;

  private final String answer;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<Void> body = new CompletableFuture<>();

  /** Given what the failure says before the title. */
  ProblemBody(String answer) {
    this.answer = answer;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      byte[] some = new byte[Math.min(item.remaining(), MAX_BYTES - kept.size())];
      item.get(some);
      kept.write(some, 0, some.length);
    }
  }

  @Override
  public void onError(Throwable cause) {
    body.completeExceptionally(new FillException(answer, cause));
  }

  @Override
  public void onComplete() {
    body.completeExceptionally(new FillException(answer + title()));
  }

  private String title() {
    try {
      String title = Json.MAPPER.readValue(kept.toByteArray(), Problem.class).title();
      return title == null ? "" : " " + printable(title);
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
