/**
 * The operator's command line over the API, mounted by whatever root command: thin picocli shells
 * over {@link io.weir.control.cli.ApiClient}. stdout is data, stderr is diagnostics; exit codes are
 * {@link io.weir.control.cli.ExitCode}'s.
 */
@NullMarked
package io.weir.control.cli;

import org.jspecify.annotations.NullMarked;
