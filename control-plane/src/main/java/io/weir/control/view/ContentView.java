package io.weir.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A content as operators see it, in the version that is served. What is not known before the
 * content is ready is null until then.
 *
 * @param id the content's id
 * @param version counts the versions ever made under this id, from 1
 * @param state {@code ingesting}, {@code ready} or {@code failed}
 * @param failure why it failed, for people
 * @param next the version that takes this one's place once it is ready; null where there is none
 * @param origin where its bytes come from
 * @param name the name of its file, or of the directory of its files
 * @param fileCount how many files it has
 * @param imported whether it is served under a torrent that existed before
 * @param lengthBytes its length
 * @param pieceLengthBytes length of every piece but the last
 * @param pieces how many there are
 * @param infoHash v1, 40 hex digits
 * @param infoHashV2 64 hex digits
 * @param magnet magnet link (BEP 9)
 * @param http full URL of its first file on every registered edge, replicas first; empty until it
 *     is known which file of several is the first
 * @param torrent URL of its .torrent
 * @param progress of the ingest
 * @param replicas the nodes that it is assigned to, most preferred first
 * @param createdAt ISO 8601
 * @param updatedAt ISO 8601, when state or version last changed
 */
public record ContentView(
    String id,
    int version,
    String state,
    @Nullable String failure,
    @Nullable NextView next,
    OriginView origin,
    String name,
    int fileCount,
    boolean imported,
    @Nullable Long lengthBytes,
    @Nullable Integer pieceLengthBytes,
    @Nullable Integer pieces,
    @Nullable String infoHash,
    @Nullable String infoHashV2,
    @Nullable String magnet,
    List<String> http,
    String torrent,
    Progress progress,
    List<ReplicaView> replicas,
    String createdAt,
    String updatedAt) {
  /**
   * Where bytes come from.
   *
   * @param url absolute URL of the only file; null where there is a base URL
   * @param baseUrl what the files' paths are appended to; null where there is a URL
   */
  public record OriginView(@Nullable String url, @Nullable String baseUrl) {}

  /**
   * A version that is made ready while the present one is served, because the origin has other
   * objects now.
   *
   * @param version its number
   * @param state {@code ingesting} or {@code failed}
   * @param failure why it failed, for people
   * @param progress of its ingest
   * @param retryAt ISO 8601, when another version is tried in its place; null unless it failed
   */
  public record NextView(
      int version,
      String state,
      @Nullable String failure,
      Progress progress,
      @Nullable String retryAt) {}

  /**
   * How far an ingest is.
   *
   * @param hashedBytes read and hashed so far
   * @param totalBytes length of all objects, null until known
   */
  public record Progress(long hashedBytes, @Nullable Long totalBytes) {}

  /**
   * One node that the content is assigned to.
   *
   * @param node its id
   * @param piecesHeld pieces of this version that it has verified and stored
   * @param pieces pieces in all, 0 until the content is ready
   */
  public record ReplicaView(String node, int piecesHeld, int pieces) {}

  /** Whether the state will not change by itself any more. */
  public boolean settled() {
    return !state.equals("ingesting");
  }
}
