package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Varnish, the content in its memory. */
public final class Varnish implements Contender {
  private static final String PROGRAM = "varnishd";

  @Override
  public String product() {
    return "Varnish";
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
    return Program.firstLine(List.of(Program.require(PROGRAM), "-V"))
        .replaceAll("^varnishd \\(varnish-([^ ]+).*", "$1");
  }

  @Override
  public Contestant start(Bench bench) throws IOException, InterruptedException {
    Path dir = bench.dirOf("varnish");
    int port = bench.freePort();
    Path vcl = Files.writeString(dir.resolve("content.vcl"), vcl(bench.origin()));
    return ServerProcess.start(
        bench
            .cores()
            .server(
                List.of(
                    Program.require(PROGRAM),
                    "-F",
                    "-j",
                    "none",
                    "-n",
                    dir.resolve("work").toString(),
                    "-a",
                    Bench.HOST + ":" + port,
                    "-f",
                    vcl.toString(),
                    "-s",
                    "malloc," + bench.cacheBytes(),
                    "-T",
                    "none")),
        dir.resolve("varnish.log"),
        Map.of(
            Service.HTTP,
            URI.create("http://" + Bench.HOST + ":" + port + bench.origin().getRawPath())));
  }

  /** Kept for longer than any comparison takes. */
  static String vcl(URI origin) {
    return """
        vcl 4.1;
        backend default { .host = "%s"; .port = "%d"; }
        sub vcl_backend_response { set beresp.ttl = 1d; }
        """
        .formatted(origin.getHost(), origin.getPort());
  }
}
