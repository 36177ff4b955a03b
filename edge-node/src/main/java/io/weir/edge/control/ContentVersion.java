package io.weir.edge.control;

import io.weir.protocol.control.Assignment.AssignedContent;

/**
 * One version of a content, as it names files and URLs.
 *
 * @param contentId as assigned, which makes it safe in both
 * @param version from 1
 */
record ContentVersion(String contentId, int version) {
  static ContentVersion of(AssignedContent content) {
    return new ContentVersion(content.contentId(), content.contentVersion());
  }
}
