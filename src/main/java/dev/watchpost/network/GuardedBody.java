package dev.watchpost.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A body that may be closed anywhere. httpclient reads a body to its end when it is closed, so that
 * the connection can serve again: with a body of many gigabytes, or an endless one, that never
 * returns.
 */
final class GuardedBody extends HttpEntityWrapper {

  private final AnswerGuard.Call call;
  private InputStream content;

  GuardedBody(HttpEntity body, AnswerGuard.Call call) {
    super(body);
    this.call = call;
  }

  @Override
  public InputStream getContent() throws IOException {
    if (content == null) {
      content = new Content(super.getContent(), call);
    }
    return content;
  }

  private static final class Content extends FilterInputStream {

    // a JSON reader stops at the last bracket: the closing chunk then saves the connection
    private static final int LAST_READS = 3;

    private final AnswerGuard.Call call;
    private boolean over;

    Content(InputStream in, AnswerGuard.Call call) {
      super(in);
      this.call = call;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (over) {
        return -1;
      }
      try {
        int count = in.read(bytes, offset, length);
        if (count < 0) {
          finish();
        }
        return count;
      } catch (IOException e) {
        finish();
        throw call.explain(e);
      }
    }

    private void finish() {
      over = true;
      call.end();
    }

    /** Never fails: who closes has read what was wanted. */
    @Override
    public void close() {
      try {
        readWhatIsLeft();
        in.close();
      } catch (IOException e) {
        call.drop();
      }
    }

    private void readWhatIsLeft() throws IOException {
      byte[] rest = new byte[4096];
      for (int reads = 0; !over && reads < LAST_READS; reads++) {
        read(rest, 0, rest.length);
      }
      if (!over) {
        finish();
        call.drop();
      }
    }
  }
}
