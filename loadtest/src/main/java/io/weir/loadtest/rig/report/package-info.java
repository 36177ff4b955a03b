/**
 * What a comparison tells people: a Markdown table for documents, and one HTML file with plots that
 * needs nothing beside it. Entry types: {@link io.weir.loadtest.rig.report.MarkdownReport}, {@link
 * io.weir.loadtest.rig.report.HtmlReport}. Pure text; measures nothing.
 */
@NullMarked
package io.weir.loadtest.rig.report;

import org.jspecify.annotations.NullMarked;
