package io.weir.control.api;

/** Who may call a route. */
enum Caller {
  /** Whoever reaches the listener. */
  ANYONE,
  /** Who shows the operator's token. */
  OPERATOR,
  /** Who shows the credential that all nodes share. */
  NODE
}
