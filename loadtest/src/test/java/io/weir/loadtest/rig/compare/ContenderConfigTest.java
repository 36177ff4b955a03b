package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContenderConfigTest {
  private static final Bench BENCH =
      new Bench(
          Path.of("/bench"),
          Path.of("/bench/content.bin"),
          URI.create("http://127.0.0.1:9/content.bin"),
          new Certificate(Path.of("/bench/certificate.pem"), Path.of("/bench/key.pem")),
          new Cores(true));

  @Test
  void nginxServesTheFileBySendfileAndByTls() {
    String config = Nginx.config(Path.of("/bench/nginx"), BENCH, true, 1001, 1002);
    assertTrue(config.contains("sendfile on;"), config);
    assertTrue(config.contains("tcp_nopush on;"), config);
    assertTrue(config.contains("listen 127.0.0.1:1001;"), config);
    assertTrue(config.contains("listen 127.0.0.1:1002 ssl;"), config);
    assertTrue(config.contains("ssl_certificate_key /bench/key.pem;"), config);
    assertTrue(config.contains("root /bench;"), config);
    String off = Nginx.config(Path.of("/bench/nginx"), BENCH, false, 1001, 1002);
    assertEquals(config.replace("tcp_nopush on", "tcp_nopush off"), off);
  }

  @Test
  void varnishKeepsWhatTheOriginSends() {
    String vcl = Varnish.vcl(BENCH.origin());
    assertTrue(vcl.contains(".host = \"127.0.0.1\"; .port = \"9\";"), vcl);
    assertTrue(vcl.contains("beresp.ttl = 1d"), vcl);
  }

  @Test
  void trafficServerHoldsAllInMemory() {
    String records = TrafficServer.records(1003, 4096);
    assertTrue(records.contains("server_ports STRING 1003:ip-in=127.0.0.1\n"), records);
    assertTrue(records.contains("ram_cache.size INT 4096\n"), records);
    assertTrue(records.contains("ram_cache_cutoff INT 4096\n"), records);
    assertTrue(records.contains("exec_thread.limit INT 1\n"), records);
  }

  @Test
  void coresAreKeptApartWhereThereAreTwo() {
    assertEquals(
        List.of("/usr/bin/taskset", "-c", "0", "nginx"), new Cores(true).server(List.of("nginx")));
    assertEquals(
        List.of("/usr/bin/taskset", "-c", "1", "java"), new Cores(true).generator(List.of("java")));
    assertEquals(List.of("nginx"), new Cores(false).server(List.of("nginx")));
  }

  @Test
  void aRowIsForThoseWhoSpeakItsProtocol() {
    Contestant plain = contestant(Map.of(Service.HTTP, URI.create("http://127.0.0.1:7/c")));
    for (Workload workload : HttpWorkload.all()) {
      Optional<List<String>> load = workload.generator(plain, BENCH, Effort.quick());
      assertEquals(workload.group() == Group.HTTP, load.isPresent(), workload.title());
    }
  }

  @Test
  void theLoadIsOfTheRowsSizeOnTheServersProcess() {
    Contestant both =
        contestant(
            Map.of(
                Service.HTTP, URI.create("http://127.0.0.1:7/c"),
                Service.HTTPS, URI.create("https://127.0.0.1:8/c")));
    List<Workload> all = HttpWorkload.all();
    List<String> http = all.get(0).generator(both, BENCH, Effort.quick()).orElseThrow();
    assertTrue(
        String.join(" ", http)
            .startsWith("loadtest http http://127.0.0.1:7/c --json --connections 32 --range 1MiB"),
        http.toString());
    assertEquals("4711", http.get(http.indexOf("--pid") + 1));
    assertFalse(http.contains("--insecure"));
    List<String> tls = all.get(3).generator(both, BENCH, Effort.quick()).orElseThrow();
    assertTrue(tls.contains("https://127.0.0.1:8/c"), tls.toString());
    assertTrue(tls.contains("--discard-ciphertext"), tls.toString());
  }

  @Test
  void peersOfASwarmComeFromAsManyAddresses() {
    Contestant seed = contestant(Map.of(Service.PEER_WIRE, URI.create("tcp://127.0.0.1:6")));
    List<String> load = new SwarmWorkload(200).generator(seed, BENCH, Effort.quick()).orElseThrow();
    assertTrue(
        String.join(" ", load)
            .startsWith(
                "loadtest swarm --peer 127.0.0.1:6 --torrent /bench/content.torrent --json"
                    + " --connections 200 --sources 200 --outstanding 64"),
        load.toString());
    assertEquals("4711", load.get(load.indexOf("--pid") + 1));
  }

  @Test
  void aTrackerThatKeepsNoConnectionIsAskedOverNewOnes() {
    URI http = URI.create("http://127.0.0.1:9");
    Contestant keeps =
        contestant(Map.of(Service.HTTP_TRACKER, http, Service.KEPT_HTTP_TRACKER, http));
    Contestant closes = contestant(Map.of(Service.HTTP_TRACKER, http));
    assertEquals("HTTP", transport(Transport.HTTP, keeps));
    assertEquals("HTTP_CONNECT", transport(Transport.HTTP, closes));
    assertEquals("HTTP_CONNECT", transport(Transport.HTTP_CONNECT, keeps));
    assertEquals(
        Optional.empty(),
        new TrackerWorkload(Transport.UDP).generator(closes, BENCH, Effort.quick()));
  }

  @Test
  void trackersHearOfEveryPeerBeforeTheyAreMeasured() {
    Effort effort = Effort.quick();
    Effort first = TrackerWorkload.all().get(0).firstRound(effort);
    assertTrue(first.seconds() > 5 * effort.seconds(), first.toString());
    assertEquals(20, first.atLeastSeconds(20).seconds());
    assertEquals(20, first.atLeastSeconds(20).atLeastSeconds(1).seconds());
  }

  private static String transport(Transport row, Contestant tracker) {
    List<String> load =
        new TrackerWorkload(row).generator(tracker, BENCH, Effort.quick()).orElseThrow();
    return load.get(load.indexOf("--transport") + 1);
  }

  private static Contestant contestant(Map<Service, URI> addresses) {
    return new Started(4711, List.of(), addresses, () -> {});
  }
}
