package io.weir.edge.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.edge.fixture.TestContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin adapter on loopback that serves pieces, until the test has it misbehave, down to the
 * last byte. Connections are kept alive until an answer ends in an exception.
 */
public final class FakeAdapter implements AutoCloseable {
  /** How one request is answered. */
  interface Answer {
    void to(String path, OutputStream out) throws IOException, InterruptedException;
  }

  private static final Pattern REQUEST =
      Pattern.compile("GET (\\S+) HTTP/1\\.1\r\nHost: \\S+\r\nAuthorization: (.*)\r\n\r\n");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final int pieceBytes;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile Answer answer = this::serve;

  /** Serves the pieces of {@link TestContent#PIECE_BYTES} that the files make end to end. */
  public FakeAdapter(List<byte[]> files) throws IOException {
    this(files, TestContent.PIECE_BYTES);
  }

  FakeAdapter(List<byte[]> files, int pieceBytes) throws IOException {
    ByteArrayOutputStream concatenation = new ByteArrayOutputStream();
    files.forEach(concatenation::writeBytes);
    this.content = concatenation.toByteArray();
    this.pieceBytes = pieceBytes;
    threads.execute(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Path and credential of each request. */
  public List<String> requests() {
    return requests;
  }

  /** How many connections it accepted. */
  int connections() {
    return connections.size();
  }

  /** How many of them are over. */
  int ended() {
    return ended.get();
  }

  void answerBy(Answer other) {
    answer = other;
  }

  void answerRight() {
    answer = this::serve;
  }

  /** Answers with exactly these characters. */
  void answerText(String text) {
    answer = (path, out) -> out.write(text.getBytes(US_ASCII));
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        threads.execute(() -> talk(connection));
      }
    } catch (IOException e) {
      // Closed: the end of the test.
    }
  }

  private void talk(Socket connection) {
    try (connection) {
      while (true) {
        Matcher request = REQUEST.matcher(readHead(connection.getInputStream()));
        if (!request.matches()) {
          return;
        }
        requests.add(request.group(1) + " " + request.group(2));
        answer.to(request.group(1), connection.getOutputStream());
      }
    } catch (IOException e) {
      // Theirs, or the test's way to break a connection off.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.incrementAndGet();
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private void serve(String path, OutputStream out) throws IOException {
    send(out, 200, pieceAt(path));
  }

  /** The bytes of the piece that a path asks for. */
  byte[] pieceAt(String path) {
    int first = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) * pieceBytes;
    return Arrays.copyOfRange(content, first, Math.min(content.length, first + pieceBytes));
  }

  static void send(OutputStream out, int status, byte[] body) throws IOException {
    out.write(head(status, body.length));
    out.write(body);
  }

  static byte[] head(int status, int lengthBytes) {
    return "HTTP/1.1 %d Whatever\r\nServer: fake\r\ncontent-length: %d\r\n\r\n"
        .formatted(status, lengthBytes)
        .getBytes(US_ASCII);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new AssertionError("a socket that does not close", e);
    }
    threads.shutdownNow();
  }
}
