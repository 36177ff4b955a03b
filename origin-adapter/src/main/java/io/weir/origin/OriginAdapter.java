package io.weir.origin;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.origin.api.ApiServer;
import io.weir.origin.content.Crew;
import io.weir.origin.fill.Fills;
import io.weir.origin.ingest.Ingests;
import io.weir.origin.ingest.Revalidation;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.OriginCredentials;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.SystemClock;
import io.weir.origin.spool.Spool;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.process.CredentialFile;
import io.weir.protocol.process.DataDirectory;
import io.weir.protocol.process.RunningProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running origin adapter: what an embedder starts and closes. Any thread.
 *
 * <table>
 * <caption>Threads</caption>
 * <tr><td>I/O</td><td>route requests, never block</td></tr>
 * <tr><td>requests</td><td>serve fills and ingest requests, bounded by the API's admission</td></tr>
 * <tr><td>jobs</td><td>one ingest each</td></tr>
 * <tr><td>helpers</td><td>further runs and small files of ingests, bounded by the crew; reads of
 * fills, bounded by the connections for each content</td></tr>
 * <tr><td>revalidation</td><td>asks origins for what they have now, one object at a time</td></tr>
 * <tr><td>watch</td><td>cuts exchanges with origins that take too long, and does nothing else</td></tr>
 * </table>
 */
public final class OriginAdapter implements RunningProcess {
  private static final Logger log = LoggerFactory.getLogger(OriginAdapter.class);

  /** Finished ones included; each costs a kilobyte or so. */
  private static final int MAX_KNOWN_INGESTS = 100_000;

  private final DataDirectory directory;
  private final AdapterThreads threads;
  private final OriginReader reader;
  private final Ingests ingests;
  private final ApiServer server;

  private OriginAdapter(
      DataDirectory directory,
      AdapterThreads threads,
      OriginReader reader,
      Ingests ingests,
      ApiServer server) {
    this.directory = directory;
    this.threads = threads;
    this.reader = reader;
    this.ingests = ingests;
    this.server = server;
  }

  /**
   * Binds and starts everything; ingests that an earlier run had not finished go on.
   *
   * @throws IOException if the data directory cannot be used or another process has it, a
   *     credential cannot be read, or the address is taken; the message names which
   */
  public static OriginAdapter start(OriginAdapterConfig config) throws IOException {
    DataDirectory directory = DataDirectory.take(config.dataDir());
    try {
      return start(config, directory);
    } catch (IOException | RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static OriginAdapter start(OriginAdapterConfig config, DataDirectory directory)
      throws IOException {
    BearerToken credential = CredentialFile.read("credential-file", config.credentialFile());
    OriginCredentials originCredentials = config.origins().originCredentials();
    originCredentials.requireReadable();
    Path dataDir = config.dataDir();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    OriginMetrics metrics = new OriginMetrics(registry);
    Spool spool = new Spool(dataDir.resolve("spool"), config.spool().capacity().bytes(), metrics);
    AdapterThreads threads = new AdapterThreads();
    OriginReader reader =
        new OriginReader(
            config.origins().allowList(),
            originCredentials,
            config.origins().bounds(),
            () -> ThreadLocalRandom.current().nextLong(),
            new SystemClock(),
            metrics);
    Crew crew = new Crew(threads.helpers(), AdapterThreads.HELPERS);
    try {
      Ingests ingests =
          new Ingests(
              dataDir.resolve("ingests"),
              spool,
              reader,
              threads.jobs(),
              crew,
              MAX_KNOWN_INGESTS,
              config.torrentFormat(),
              metrics);
      Fills fills =
          new Fills(
              reader,
              crew,
              config.origins().connectionsPerHost(),
              threads.helpers(),
              System::nanoTime,
              metrics);
      ApiServer server =
          new ApiServer(
              config.listen(),
              credential,
              ingests,
              fills,
              threads.requests(),
              metrics,
              registry::scrape);
      ingests.resume();
      revalidate(config.origins().revalidateEvery(), ingests, reader, threads);
      OriginAdapter adapter = new OriginAdapter(directory, threads, reader, ingests, server);
      log.info("Origin adapter started url={} dataDir={}", adapter.url(), dataDir);
      return adapter;
    } catch (IOException | RuntimeException | Error e) {
      reader.close();
      threads.close();
      throw e;
    }
  }

  private static void revalidate(
      Duration every, Ingests ingests, OriginReader reader, AdapterThreads threads) {
    if (!every.isZero()) {
      Revalidation pass = new Revalidation(ingests, reader, new SystemClock());
      var unused =
          threads
              .revalidation()
              .scheduleWithFixedDelay(pass, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Base URL, port resolved; of a wildcard address, loopback's. */
  public String url() {
    InetSocketAddress address = server.address();
    InetAddress host =
        address.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : address.getAddress();
    String literal = host.getHostAddress();
    return "http://"
        + (literal.contains(":") ? "[" + literal + "]" : literal)
        + ":"
        + address.getPort();
  }

  /** Finishes the fills under way and refuses others with 503; ingests go on at the next start. */
  @Override
  public CompletableFuture<Void> drain() {
    log.info("Origin adapter drains");
    return server.drain();
  }

  /** Stops listening, cuts reads of origins, waits a little for what ends by that. */
  @Override
  public void close() {
    ingests.close();
    server.close();
    reader.close();
    threads.close();
    directory.close();
    log.info("Origin adapter stopped");
  }
}
