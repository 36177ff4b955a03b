package io.weir.control.api;

import io.weir.protocol.control.BearerToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is who, by bearer token (RFC 6750).
 *
 * @param operator the operators' token
 * @param node the nodes' credential
 */
record Access(BearerToken operator, BearerToken node) {
  /** Empty if the caller may; else how it is refused. */
  Optional<Outcome.Refusal> refuse(Caller wanted, @Nullable String authorization) {
    boolean isOperator = operator.matches(authorization);
    boolean isNode = node.matches(authorization);
    boolean granted =
        switch (wanted) {
          case ANYONE -> true;
          case OPERATOR_OR_NODE -> isOperator || isNode;
          case OPERATOR -> isOperator;
          case NODE -> isNode;
        };
    if (granted) {
      return Optional.empty();
    }
    String needed = wanted == Caller.NODE ? "a node's credential" : "the operator's token";
    if (isOperator || isNode) {
      return Optional.of(Fault.FORBIDDEN.because("this route is for " + needed));
    }
    return Optional.of(
        Fault.UNAUTHORIZED
            .because("show " + needed + " as 'Authorization: Bearer …'")
            .with("WWW-Authenticate", "Bearer realm=\"weir\""));
  }
}
