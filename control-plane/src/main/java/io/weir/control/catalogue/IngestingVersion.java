package io.weir.control.catalogue;

/**
 * A version that an origin adapter is to read, be it a content's only one or its next.
 *
 * @param id the content
 * @param version the version's number
 * @param source what it is made of
 * @param adapter base URL of the adapter
 */
public record IngestingVersion(ContentId id, int version, SourceSummary source, String adapter) {}
