package dev.watchpost.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Sends the library's requests by our guarded client, and no further than {@link #LONGEST}. */
record GuardedSender(CloseableHttpClient client) implements HTTPRequestSender {
  private static final int LONGEST = 256 * 1024;

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpPost post = new HttpPost(request.getURI());
    for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
      if (!header.getKey().equalsIgnoreCase("Content-Type")) {
        header.getValue().forEach(value -> post.addHeader(header.getKey(), value));
      }
    }
    post.setEntity(new StringEntity(request.getBody(), ContentType.APPLICATION_FORM_URLENCODED));
    return client.execute(post, GuardedSender::answer);
  }

  private static HTTPResponse answer(ClassicHttpResponse response) throws IOException {
    HTTPResponse answer = new HTTPResponse(response.getCode());
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return answer;
    }
    try (InputStream body = entity.getContent()) {
      byte[] bytes = body.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException("its answer is longer than %d bytes".formatted(LONGEST));
      }
      answer.setBody(new String(bytes, StandardCharsets.UTF_8));
    }
    return answer;
  }
}
