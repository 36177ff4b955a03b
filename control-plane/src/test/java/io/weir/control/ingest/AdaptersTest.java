package io.weir.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdaptersTest {
  @Test
  void everyAdapterGetsItsShareAndEachContentStaysWithOne() {
    Adapters adapters = new Adapters(List.of("http://a:1/", "http://b:1"));
    var shares =
        IntStream.range(0, 1_000)
            .mapToObj(i -> adapters.forContent("content-" + i))
            .collect(Collectors.groupingBy(url -> url, Collectors.counting()));
    assertEquals(2, shares.size());
    shares.values().forEach(share -> assertEquals(500, share, 100));
    assertEquals(adapters.forContent("film"), adapters.forContent("film"));
  }

  @Test
  void slashesAtTheEndAndRepetitionsAreDropped() {
    assertEquals(List.of("http://a:1"), new Adapters(List.of("http://a:1//", "http://a:1")).urls());
  }

  @Test
  void noAdapterIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Adapters(List.of()));
  }
}
