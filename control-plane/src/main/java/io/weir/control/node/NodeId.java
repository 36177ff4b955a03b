package io.weir.control.node;

import java.util.regex.Pattern;

/** The grammar of node names, the same as that of content ids. */
public final class NodeId {
  /** What a name must match, whole. */
  public static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private NodeId() {}

  /** Whether a node may be called this. */
  public static boolean isValid(String name) {
    return GRAMMAR.matcher(name).matches();
  }
}
