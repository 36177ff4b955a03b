/**
 * The grammar of the configuration files that every process shares with its operator: YAML onto
 * records of defaults, sizes and durations with units, unknown keys named with their line and the
 * nearest known key. Entry type: {@link io.weir.protocol.config.ConfigFile}. Knows no key of any
 * process.
 */
@NullMarked
package io.weir.protocol.config;

import org.jspecify.annotations.NullMarked;
