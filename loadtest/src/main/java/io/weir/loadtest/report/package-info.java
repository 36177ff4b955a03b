/**
 * What a run tells a person or a script: progress while it goes, the offload table when it is done.
 * Entry type: {@link io.weir.loadtest.report.OffloadReport}. Pure values and text; starts nothing.
 */
@NullMarked
package io.weir.loadtest.report;

import org.jspecify.annotations.NullMarked;
