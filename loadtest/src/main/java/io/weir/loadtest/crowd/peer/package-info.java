/**
 * One simulated BitTorrent client (BEP 3, 6, 23): finds peers through its trackers, downloads
 * rarest first, verifies, writes its own file and uploads from it. Entry type: {@link
 * io.weir.loadtest.crowd.peer.LeechPeer}.
 *
 * <table>
 *   <caption>Threads</caption>
 *   <tr><th>thread</th><th>owns</th><th>never</th></tr>
 *   <tr><td>a peer's event loop</td><td>everything mutable of that peer: its connections, its swarm,
 *   its open pieces</td><td>hashes or touches a file</td></tr>
 *   <tr><td>disk threads, shared by all peers</td><td>the piece or batch they were handed</td>
 *   <td>touch a peer's state: they answer through its event loop</td></tr>
 *   <tr><td>any</td><td>reads {@link io.weir.loadtest.crowd.peer.PeerTraffic}</td><td></td></tr>
 * </table>
 *
 * <p>Knows nothing of the crowd around it.
 */
@NullMarked
package io.weir.loadtest.crowd.peer;

import org.jspecify.annotations.NullMarked;
