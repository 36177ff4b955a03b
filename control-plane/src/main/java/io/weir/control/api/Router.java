package io.weir.control.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request from its first byte to its endpoint: match, authorize, receive the body (all on
 * the I/O thread, without blocking), then answer on a worker.
 */
final class Router implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private final List<Route> routes;
  private final Access access;
  private final Workers workers;
  private final AssignmentWaiters waiters;
  private final MeterRegistry meters;

  Router(
      List<Route> routes,
      Access access,
      Workers workers,
      AssignmentWaiters waiters,
      MeterRegistry meters) {
    this.routes = routes;
    this.access = access;
    this.workers = workers;
    this.waiters = waiters;
    this.meters = meters;
  }

  private record Match(Route route, Map<String, String> variables) {}

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    List<Match> onPath = matches(exchange.getRequestPath());
    Optional<Match> match =
        onPath.stream()
            .filter(found -> found.route().answers(exchange.getRequestMethod().toString()))
            .findFirst();
    count(exchange, match);
    if (match.isPresent()) {
      authorize(exchange, match.get());
    } else if (onPath.isEmpty()) {
      Responses.send(exchange, Fault.NOT_FOUND.because("there is nothing at this path"));
    } else {
      Responses.send(
          exchange,
          Fault.METHOD_NOT_ALLOWED
              .because("this path does not know " + exchange.getRequestMethod())
              .with("Allow", allowed(onPath)));
    }
  }

  private List<Match> matches(String path) {
    return routes.stream()
        .flatMap(
            route ->
                route.template().match(path).map(variables -> new Match(route, variables)).stream())
        .toList();
  }

  private static String allowed(List<Match> onPath) {
    TreeSet<String> methods = new TreeSet<>(Comparator.naturalOrder());
    for (Match match : onPath) {
      methods.add(match.route().method());
      if (match.route().answers("HEAD")) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  private void authorize(HttpServerExchange exchange, Match match) {
    Optional<Outcome.Refusal> refusal =
        access.refuse(
            match.route().caller(), exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
    if (refusal.isPresent()) {
      Responses.send(exchange, refusal.get());
    } else {
      receive(exchange, match);
    }
  }

  private void receive(HttpServerExchange exchange, Match match) {
    int maxBytes = match.route().maxBodyBytes();
    if (exchange.getRequestContentLength() > maxBytes) {
      refuseBody(exchange, maxBytes);
      return;
    }
    exchange.getRequestReceiver().setMaxBufferSize(maxBytes);
    exchange
        .getRequestReceiver()
        .receiveFullBytes(
            (received, body) -> workers.handOn(received, e -> answer(e, match, body)),
            (failed, fault) -> onReceiveFailed(failed, fault, maxBytes));
  }

  private static void onReceiveFailed(HttpServerExchange exchange, IOException e, int maxBytes) {
    log.debug("request body not received reason={}", e.toString());
    refuseBody(exchange, maxBytes);
  }

  private static void refuseBody(HttpServerExchange exchange, int maxBytes) {
    exchange.setPersistent(false); // what is left of the body is not read
    Responses.send(
        exchange,
        Fault.CONTENT_TOO_LARGE.because("body: must have at most " + maxBytes + " bytes"));
  }

  private void answer(HttpServerExchange exchange, Match match, byte[] body) {
    Outcome outcome;
    try {
      outcome = match.route().endpoint().answer(request(exchange, match, body));
    } catch (RequestFault e) {
      outcome = e.refusal();
    } catch (RuntimeException e) {
      log.error("request failed route={}", match.route().template().text(), e);
      outcome = Fault.INTERNAL_ERROR.because("the control plane's log says what happened");
    }
    if (outcome instanceof Outcome.AwaitAssignment await) {
      waiters.park(exchange, await);
    } else {
      Responses.send(exchange, outcome);
    }
  }

  private static ApiRequest request(HttpServerExchange exchange, Match match, byte[] body) {
    return new ApiRequest(
        match.variables(),
        exchange.getQueryParameters().entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, parameter -> first(parameter.getValue()))),
        exchange.getRequestScheme() + "://" + exchange.getHostAndPort(),
        exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE),
        exchange.getRequestHeaders().getFirst(Headers.IF_MATCH),
        body);
  }

  private static String first(Deque<String> values) {
    return values.getFirst();
  }

  private void count(HttpServerExchange exchange, Optional<Match> match) {
    String template = match.map(found -> found.route().template().text()).orElse("none");
    exchange.addExchangeCompleteListener(
        (completed, next) -> {
          Counter.builder("weir.api.requests")
              .tag("route", template)
              .tag("status", completed.getStatusCode() / 100 + "xx")
              .description(
                  "Requests answered, by route template. A rise of 5xx means the control plane"
                      + " is broken or overloaded; one of 4xx, that a caller is misconfigured.")
              .register(meters)
              .increment();
          next.proceed();
        });
  }
}
