package io.weir.loadtest.chaos;

import java.util.List;

/**
 * A content that the stack has.
 *
 * @param id the content's
 * @param bytes of its one file
 * @param urls of the file, one an edge
 */
record Published(String id, byte[] bytes, List<String> urls) {}
