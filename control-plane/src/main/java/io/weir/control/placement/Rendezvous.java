package io.weir.control.placement;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * Weighted rendezvous hashing: every candidate scores for itself, the highest scores win. A
 * candidate that leaves therefore moves only the keys that it had won, and one that joins takes
 * keys only for itself.
 *
 * <p>Highest random weight is from D. Thaler and C. Ravishankar, <i>Using name-based mappings to
 * increase hit rates</i>, IEEE/ACM Transactions on Networking 6(1), 1998; shares in proportion to
 * weights by the logarithmic method, score {@code -w / ln(h)}, from C. Schindelhauer and G.
 * Schomaker, <i>Weighted distributed hash tables</i>, SPAA 2005.
 *
 * <p>Pure and deterministic on every machine: {@link StrictMath}, and a hash of our own over UTF-8.
 */
public final class Rendezvous {
  private Rendezvous() {}

  /**
   * One that may be chosen.
   *
   * @param id its name
   * @param weight its share relative to the others, above 0
   */
  public record Candidate(String id, double weight) {
    /** Checks the weight. */
    public Candidate {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight of " + id + " is not above 0: " + weight);
      }
    }
  }

  /** The ids of all candidates, most preferred for this key first. */
  public static List<String> rank(String key, List<Candidate> candidates) {
    long keyHash = hash(key);
    record Scored(String id, double score) {}
    return candidates.stream()
        .map(candidate -> new Scored(candidate.id(), score(keyHash, candidate)))
        .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id))
        .map(Scored::id)
        .toList();
  }

  private static double score(long keyHash, Candidate candidate) {
    long bits = mix(keyHash + mix(hash(candidate.id())));
    // The 53 upper bits, shifted by half a step: strictly between 0 and 1, so that ln is finite and
    // below 0.
    double unit = ((bits >>> 11) + 0.5) * 0x1p-53;
    return -candidate.weight() / StrictMath.log(unit);
  }

  /** FNV-1a of the UTF-8 bytes, then mixed because FNV leaves its upper bits weak. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64: every input bit flips every output bit about half of the time. */
  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
