package io.weir.loadtest.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.origin.RangeRequest.Part;
import io.weir.loadtest.origin.RangeRequest.Unsatisfiable;
import io.weir.loadtest.origin.RangeRequest.Whole;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeRequestTest {
  @Test
  void oneRangeIsCutToTheFile() {
    assertEquals(new Part(0, 0), RangeRequest.parse("bytes=0-0", 100));
    assertEquals(new Part(5, 99), RangeRequest.parse("bytes=5-", 100));
    assertEquals(new Part(5, 99), RangeRequest.parse("bytes=5-5000", 100));
    assertEquals(new Part(90, 99), RangeRequest.parse("bytes=-10", 100));
    assertEquals(new Part(0, 99), RangeRequest.parse("bytes=-1000", 100));
  }

  @Test
  void aRangeBehindTheFileIsUnsatisfiable() {
    assertEquals(new Unsatisfiable(), RangeRequest.parse("bytes=100-", 100));
    assertEquals(new Unsatisfiable(), RangeRequest.parse("bytes=-0", 100));
    assertEquals(new Unsatisfiable(), RangeRequest.parse("bytes=0-0", 0));
  }

  @Test
  void whatIsNotOneRangeMeansTheWholeFile() {
    for (String header :
        new String[] {
          null, "", "bytes=-", "bytes=9-5", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b"
        }) {
      assertEquals(new Whole(), RangeRequest.parse(header, 100));
    }
  }

  @Test
  void anyHeaderIsAnsweredWithinTheFile() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "bytes=0123456789-, ";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder header = new StringBuilder(random.nextBoolean() ? "bytes=" : "");
      for (int j = random.nextInt(25); j > 0; j--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (RangeRequest.parse(header.toString(), 50) instanceof Part part) {
        assertTrue(
            part.first() >= 0 && part.first() <= part.last() && part.last() < 50,
            "seed " + seed + " header " + header);
      }
    }
  }
}
