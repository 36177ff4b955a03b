package io.weir.control.api;

/** What answers one route. Called on a worker thread; may block on the database. */
@FunctionalInterface
interface Endpoint {
  Outcome answer(ApiRequest request) throws RequestFault;
}
