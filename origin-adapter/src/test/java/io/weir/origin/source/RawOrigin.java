package io.weir.origin.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An origin below HTTP's manners: a listening socket whose script answers each request byte by
 * byte. One thread a connection; a connection ends with its script unless the script keeps it.
 */
public final class RawOrigin implements Closeable {
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** What to do with a request. */
  @FunctionalInterface
  public interface Script {
    /** Answers; whatever it throws ends the connection. */
    void answer(Ask ask, Wire wire) throws Exception;
  }

  /** The head of one request, number 1 the first; header names in lower case. */
  public record Ask(int number, String method, String target, Map<String, String> headers) {
    /** First byte of the range asked for, 0 without one. */
    public int first() {
      return bound(0, 0);
    }

    /** After the last byte of the range asked for. */
    public int end() {
      return bound(1, -1) + 1;
    }

    public @Nullable String header(String name) {
      return headers.get(name);
    }

    private int bound(int index, int without) {
      String range = headers.get("range");
      return range == null
          ? without
          : Integer.parseInt(range.substring("bytes=".length()).split("-", 2)[index]);
    }
  }

  /** The connection as its script sees it. */
  public final class Wire {
    private final Socket socket;
    private boolean kept;

    private Wire(Socket socket) {
      this.socket = socket;
    }

    /** Sends header lines, line ends added, and an empty line. */
    public void head(String... lines) throws IOException {
      bytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public void bytes(byte[] bytes) throws IOException {
      bytes(bytes, 0, bytes.length);
    }

    public void bytes(byte[] bytes, int from, int to) throws IOException {
      socket.getOutputStream().write(bytes, from, to - from);
      socket.getOutputStream().flush();
    }

    /** One byte after another, so far apart, until the other side has had enough. */
    public void drip(byte[] bytes, int millisApart) throws IOException, InterruptedException {
      for (int i = 0; ; i = (i + 1) % bytes.length) {
        bytes(bytes, i, i + 1);
        if (closing.await(millisApart, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }

    /** Sends no more, and waits until the other side closes or the origin does. */
    public void silence() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // Whatever else is asked stays unanswered.
      }
    }

    /** Ends the connection with RST instead of FIN. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** The next request may come on this connection. */
    public void keep() {
      kept = true;
    }
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Ask> asks = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** On any free port of 127.0.0.1. */
  public RawOrigin(Script script) throws IOException {
    this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), script);
  }

  RawOrigin(InetAddress address, Script script) throws IOException {
    this(new ServerSocket(), new InetSocketAddress(address, 0), script);
  }

  /** Listens on a socket of any kind, which it then owns. */
  RawOrigin(ServerSocket listener, InetSocketAddress address, Script script) throws IOException {
    this.listener = listener;
    this.script = script;
    listener.bind(address);
    thread(this::accept);
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "raw-origin");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      Socket socket;
      try {
        socket = listener.accept();
      } catch (IOException e) {
        return;
      }
      connections.incrementAndGet();
      open.add(socket);
      thread(() -> serve(socket));
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean again = true;
      while (again) {
        String head = readHead(in);
        if (head.isEmpty()) {
          return;
        }
        Ask ask = parse(head);
        asks.add(ask);
        Wire wire = new Wire(socket);
        script.answer(ask, wire);
        again = wire.kept;
      }
    } catch (Exception e) {
      // The reader hung up, or the script did: the connection ends either way.
    } finally {
      open.remove(socket);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD_BYTES && head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private Ask parse(String head) {
    String[] lines = head.strip().split("\r\n", -1);
    String[] request = lines[0].split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Ask(asks.size() + 1, request[0], request[1], headers);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/object");
  }

  /** Every request so far whose head was read whole. */
  public List<Ask> asks() {
    return List.copyOf(asks);
  }

  /** Accepted so far, whether anything was asked on them or not. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
