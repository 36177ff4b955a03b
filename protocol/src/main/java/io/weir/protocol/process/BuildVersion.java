package io.weir.protocol.process;

import java.util.Optional;

/** Which build this is, from the jar's manifest; all modules are built together. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The version, or {@code dev} where classes do not come from a jar. */
  public static String text() {
    return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
