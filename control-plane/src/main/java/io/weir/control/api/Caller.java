package io.weir.control.api;

/** Who may call a route. */
enum Caller {
  /** Whoever reaches the listener. */
  ANYONE,
  /** Who shows either token: what a monitor has, of whichever process it reads. */
  OPERATOR_OR_NODE,
  /** Who shows the operator's token. */
  OPERATOR,
  /** Who shows the credential that all nodes share. */
  NODE
}
