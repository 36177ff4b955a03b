package io.weir.edge.peer;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.weir.protocol.metainfo.InfoHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sets up connections: within the caps they may begin their handshake. Thread-safe. */
final class PeerChannels extends ChannelInitializer<SocketChannel> {
  private final ConnectionCaps caps;
  private final SessionFactory sessions;
  private final byte[] ourPeerId;
  private final CloseLog closeLog;
  private final ChannelGroup open;

  /**
   * Sets up all that a server accepts.
   *
   * @param open joined by every connection, so that the server can close what is left
   */
  PeerChannels(
      ConnectionCaps caps,
      SessionFactory sessions,
      byte[] ourPeerId,
      CloseLog closeLog,
      ChannelGroup open) {
    this.caps = caps;
    this.sessions = sessions;
    this.ourPeerId = ourPeerId;
    this.closeLog = closeLog;
    this.open = open;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    shakeHands(channel, null);
  }

  /** Sets up a connection that this node made, for this swarm; on the channel's event loop. */
  void dialled(SocketChannel channel, InfoHash infoHash) {
    shakeHands(channel, infoHash);
  }

  private void shakeHands(SocketChannel channel, @Nullable InfoHash dialled) {
    @Nullable InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      // Reset between being accepted and being looked at.
      var unused = channel.close();
      return;
    }
    InetAddress address = remote.getAddress();
    PeerConnection connection =
        new PeerConnection(channel, remote, channel.localAddress(), sessions.metrics(), closeLog);
    if (!caps.admit(address)) {
      connection.close(CloseReason.TOO_MANY_CONNECTIONS, "");
      return;
    }
    channel.closeFuture().addListener(closed -> caps.release(address));
    open.add(channel);
    channel.pipeline().addLast(new HandshakeHandler(connection, sessions, ourPeerId, dialled));
  }
}
