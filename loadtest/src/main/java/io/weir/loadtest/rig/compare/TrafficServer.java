package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Apache Traffic Server, the content in its RAM cache. */
public final class TrafficServer implements Contender {
  private static final String PROGRAM = "traffic_server";
  private static final List<String> DIRECTORIES = List.of("etc", "cache", "run", "log", "share");

  @Override
  public String product() {
    return "Traffic Server";
  }

  @Override
  public String variant() {
    return "";
  }

  @Override
  public Set<Group> groups() {
    return Set.of(Group.HTTP);
  }

  @Override
  public Optional<String> missing() {
    return Program.missing(PROGRAM);
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(List.of(Program.require(PROGRAM), "--version"))
        .replaceAll("^Traffic Server ([^ ]+).*", "$1");
  }

  @Override
  public Contestant start(Bench bench) throws IOException, InterruptedException {
    Path dir = bench.dirOf("trafficserver");
    for (String name : DIRECTORIES) {
      Files.createDirectories(dir.resolve(name));
    }
    int port = bench.freePort();
    Path etc = dir.resolve("etc");
    Path root = Files.writeString(dir.resolve("runroot.yaml"), runRoot(dir));
    Files.writeString(etc.resolve("records.config"), records(port, bench.cacheBytes()));
    Files.writeString(
        etc.resolve("storage.config"), dir.resolve("cache") + " " + bench.cacheBytes() + "\n");
    Files.writeString(etc.resolve("remap.config"), "map / " + bench.origin().resolve("/") + "\n");
    Files.writeString(etc.resolve("ip_allow.yaml"), allowLoopback());
    return ServerProcess.start(
        bench.cores().server(List.of(Program.require(PROGRAM), "--run-root=" + root)),
        dir.resolve("trafficserver.log"),
        Map.of(
            Service.HTTP,
            URI.create("http://" + Bench.HOST + ":" + port + bench.origin().getRawPath())));
  }

  private static String runRoot(Path dir) throws IOException {
    Path bin = Path.of(Program.require(PROGRAM)).resolveSibling("");
    return """
        prefix: %1$s
        exec_prefix: %2$s
        bindir: %3$s
        sbindir: %2$s/sbin
        sysconfdir: %1$s/etc
        datadir: %1$s/share
        includedir: %2$s/include
        libdir: %2$s/lib/trafficserver
        libexecdir: %2$s/lib/trafficserver/modules
        localstatedir: %1$s
        runtimedir: %1$s/run
        logdir: %1$s/log
        cachedir: %1$s/cache
        """
        .formatted(dir, bin.resolve("..").normalize(), bin);
  }

  /** One thread for one core, nothing logged, everything cached and in RAM, whoever we run as. */
  static String records(int port, long cacheBytes) {
    return """
        CONFIG proxy.config.http.server_ports STRING %1$d:ip-in=%2$s
        CONFIG proxy.config.admin.user_id STRING #-1
        CONFIG proxy.config.exec_thread.autoconfig INT 0
        CONFIG proxy.config.exec_thread.limit INT 1
        CONFIG proxy.config.cache.ram_cache.size INT %3$d
        CONFIG proxy.config.cache.ram_cache_cutoff INT %3$d
        CONFIG proxy.config.http.cache.required_headers INT 0
        CONFIG proxy.config.http.insert_response_via_str INT 0
        CONFIG proxy.config.log.logging_enabled INT 0
        """
        .formatted(port, Bench.HOST, cacheBytes);
  }

  private static String allowLoopback() {
    return """
        ip_allow:
          - apply: in
            ip_addrs: %s
            action: allow
            methods: ALL
        """
        .formatted(Bench.HOST);
  }
}
