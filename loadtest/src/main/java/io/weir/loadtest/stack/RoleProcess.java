package io.weir.loadtest.stack;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;

/**
 * A role that runs in a process of its own.
 *
 * @param pid the operating system's number of it
 * @param config its configuration file, absolute
 * @param dataDir everything it keeps on disk, absolute
 */
public record RoleProcess(
    long pid,
    @JsonSerialize(using = ToStringSerializer.class) Path config,
    @JsonSerialize(using = ToStringSerializer.class) Path dataDir) {}
