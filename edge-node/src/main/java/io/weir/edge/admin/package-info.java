/**
 * The operator's listener: metrics, health, readiness, drain. Knows what it reports on, and is
 * known by nobody but the root.
 */
@NullMarked
package io.weir.edge.admin;

import org.jspecify.annotations.NullMarked;
