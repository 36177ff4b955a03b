package io.weir.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A content as operators see it. What is not known before the content is ready is null until then.
 *
 * @param id the content's id
 * @param version counts the versions ever made under this id, from 1
 * @param state {@code ingesting}, {@code ready} or {@code failed}
 * @param failure why it failed, for people
 * @param origin where its bytes come from
 * @param name the name of its file
 * @param lengthBytes its length
 * @param pieceLengthBytes length of every piece but the last
 * @param pieces how many there are
 * @param infoHash v1, 40 hex digits
 * @param infoHashV2 64 hex digits
 * @param magnet magnet link (BEP 9)
 * @param http full URL of its first file on every registered edge, replicas first
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
    OriginView origin,
    String name,
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
   * @param url absolute URL
   */
  public record OriginView(String url) {}

  /**
   * How far an ingest is.
   *
   * @param hashedBytes read and hashed so far
   * @param totalBytes the object's length, null until known
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
