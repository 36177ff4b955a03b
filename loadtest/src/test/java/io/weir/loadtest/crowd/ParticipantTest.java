package io.weir.loadtest.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.crowd.ParticipantResult.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ParticipantTest {
  private final FakeDownloader downloader = new FakeDownloader();
  private long nowNanos = 1_000_000_000;
  private final Participant participant =
      new Participant(downloader, "ab", 1_000_000_000, () -> nowNanos);

  @Test
  void theRightHashIsASuccess() {
    downloader.bytes = 7;
    nowNanos += 2_500_000_000L;
    downloader.sha256.complete("ab");

    assertEquals(new ParticipantResult(Kind.HTTP, 7, true, 2.5, null), participant.result().join());
  }

  @Test
  void anotherHashIsAFailureThatNamesIt() {
    downloader.sha256.complete("cd");

    ParticipantResult result = participant.result().join();
    assertFalse(result.sha256Ok());
    assertEquals("SHA-256 is cd", result.failure());
  }

  @Test
  void aDownloadersOwnFailureIsKept() {
    downloader.sha256.completeExceptionally(new CompletionException(new IOException("no disk")));

    assertEquals("java.io.IOException: no disk", participant.result().join().failure());
  }

  @Test
  void silenceForTooLongGivesItUp() {
    nowNanos += Participant.PATIENCE.toNanos();
    participant.watch();
    assertFalse(participant.result().isDone());

    nowNanos++;
    participant.watch();
    assertEquals("received nothing for 60 s; half way", participant.result().join().failure());
    assertTrue(downloader.abandoned);
  }

  @Test
  void oneThatExpectsNoBytesMayBeSilent() {
    downloader.receiving = false;
    nowNanos += 2 * Participant.PATIENCE.toNanos();
    participant.watch();

    assertFalse(participant.result().isDone());
  }

  @Test
  void oneThatHasEndedCannotBeGivenUp() {
    downloader.sha256.complete("ab");
    participant.giveUp("too late");

    assertNull(participant.result().join().failure());
    assertFalse(downloader.abandoned);
  }

  private static final class FakeDownloader implements Downloader {
    private final CompletableFuture<String> sha256 = new CompletableFuture<>();
    private long bytes;
    private boolean receiving = true;
    private boolean abandoned;

    @Override
    public Kind kind() {
      return Kind.HTTP;
    }

    @Override
    public long receivedBytes() {
      return bytes;
    }

    @Override
    public boolean isReceiving() {
      return receiving;
    }

    @Override
    public String summary() {
      return "half way";
    }

    @Override
    public CompletableFuture<String> sha256() {
      return sha256;
    }

    @Override
    public void abandon() {
      abandoned = true;
    }
  }
}
