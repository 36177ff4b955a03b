package io.weir.control.api;

/** A request that cannot be understood, found deep in reading it; becomes its refusal. */
final class RequestFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Outcome.Refusal refusal;

  RequestFault(Fault fault, String detail) {
    super(detail);
    this.refusal = fault.because(detail);
  }

  /** What is wrong with the field or parameter of this name. */
  static RequestFault at(String field, String fault) {
    return new RequestFault(Fault.BAD_REQUEST, field + ": " + fault);
  }

  Outcome.Refusal refusal() {
    return refusal;
  }
}
