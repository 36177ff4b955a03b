package io.weir.origin.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads a response's head, which has to begin with its status line and end with its empty line. The
 * client's own parser takes the end of the connection for the end of the head, and so a
 * Content-Length that broke off for a smaller one. One connection.
 */
final class WholeHeadParser implements HttpMessageParser<ClassicHttpResponse> {
  private final DefaultHttpResponseParser parser;

  WholeHeadParser(Http1Config bounds) {
    this.parser = new DefaultHttpResponseParser(bounds);
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    return parser.parse(buffer, new Unended(in));
  }

  private static final class Unended extends FilterInputStream {
    Unended(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return more(in.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return more(in.read(target, offset, length));
    }

    private static int more(int read) throws IOException {
      if (read < 0) {
        throw new ConnectionClosedException("closed before the end of the head");
      }
      return read;
    }
  }
}
