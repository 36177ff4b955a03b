package io.weir.origin.ingest;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a content's file may be called: one path segment that every file system takes. */
final class FileName {
  private static final int MAX_UTF8_BYTES = 255;

  /** Why it may not be called that, null if it may. */
  static @Nullable String refusal(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return "name must be a file name";
    }
    if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      return "name must be one path segment without control characters";
    }
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
      return bytes <= MAX_UTF8_BYTES ? null : "name must have at most 255 bytes in UTF-8";
    } catch (CharacterCodingException e) {
      return "name must be valid Unicode";
    }
  }

  private FileName() {}
}
