package io.weir.control.ingest;

import io.weir.control.placement.Rendezvous;
import io.weir.control.placement.Rendezvous.Candidate;
import java.util.List;

/**
 * The configured origin adapters, and which of them reads which content: always the same one, so
 * that an origin object is read and spooled once.
 *
 * @param urls base URLs without trailing slash, at least one
 */
public record Adapters(List<String> urls) {
  /** Copies and normalizes. */
  public Adapters {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("at least one origin adapter is needed");
    }
    urls = urls.stream().map(url -> url.replaceAll("/+$", "")).distinct().toList();
  }

  /** The adapter for this content. */
  public String forContent(String contentId) {
    List<Candidate> candidates = urls.stream().map(url -> new Candidate(url, 1)).toList();
    return Rendezvous.rank(contentId, candidates).get(0);
  }
}
