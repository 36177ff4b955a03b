package io.weir.control.api;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;

/**
 * Entity tags of contents (RFC 9110 section 8.8.3). A tag names version and state, of the served
 * version and of the next, which together never come back under one id; what moves by itself while
 * a state lasts, as progress and the replicas' holdings do, is not part of it, so that it serves to
 * guard changes.
 */
final class EntityTag {
  private EntityTag() {}

  static String of(Content content) {
    String present = content.version() + "-" + content.state().word();
    NextVersion next = content.next();
    return next == null
        ? '"' + present + '"'
        : '"' + present + '+' + next.version() + "-" + next.state().word() + '"';
  }
}
