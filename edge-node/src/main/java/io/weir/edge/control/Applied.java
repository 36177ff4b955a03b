package io.weir.edge.control;

import io.weir.edge.swarm.Content;
import java.util.List;

/**
 * What this node lives by now.
 *
 * @param version the assignment's
 * @param contents those that are ready here
 * @param complete false while metainfo is missing that has to be asked for again
 */
record Applied(long version, List<Content> contents, boolean complete) {}
