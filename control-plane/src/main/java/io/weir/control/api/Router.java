package io.weir.control.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
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
  private final BodyReceiver receiver;
  private final Workers workers;
  private final AssignmentWaiters waiters;
  private final MeterRegistry meters;

  Router(
      List<Route> routes,
      Access access,
      BodyReceiver receiver,
      Workers workers,
      AssignmentWaiters waiters,
      MeterRegistry meters) {
    this.routes = routes;
    this.access = access;
    this.receiver = receiver;
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
      receiver.receive(
          exchange,
          match.route().maxBodyBytes(),
          (received, body) -> workers.handOn(received, e -> answer(e, match, body)));
    }
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
        headers(exchange.getRequestHeaders()),
        body);
  }

  private static Map<String, String> headers(HeaderMap all) {
    return ApiRequest.HEADERS.stream()
        .filter(all::contains)
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), name -> String.join(", ", all.get(name))));
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
