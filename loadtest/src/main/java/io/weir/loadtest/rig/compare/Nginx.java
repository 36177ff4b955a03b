package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** nginx, the file on its disk, by sendfile. Whether {@code tcp_nopush} helps depends on sizes. */
public final class Nginx implements Contender {
  private static final String PROGRAM = "nginx";

  private final boolean nopush;

  /** With this setting. */
  public Nginx(boolean nopush) {
    this.nopush = nopush;
  }

  @Override
  public String product() {
    return "nginx";
  }

  @Override
  public String variant() {
    return "tcp_nopush " + (nopush ? "on" : "off");
  }

  @Override
  public Set<Group> groups() {
    return Set.of(Group.HTTP, Group.TLS);
  }

  @Override
  public Optional<String> missing() {
    return Program.missing(PROGRAM);
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(List.of(Program.require(PROGRAM), "-v"))
        .replace("nginx version: nginx/", "");
  }

  @Override
  public Contestant start(Bench bench) throws IOException, InterruptedException {
    Path dir = bench.dirOf("nginx-nopush-" + (nopush ? "on" : "off"));
    int http = bench.freePort();
    int https = bench.freePort();
    Path config =
        Files.writeString(dir.resolve("nginx.conf"), config(dir, bench, nopush, http, https));
    String path = "/" + bench.contentName();
    return ServerProcess.start(
        bench
            .cores()
            .server(
                List.of(
                    Program.require(PROGRAM),
                    "-e",
                    dir.resolve("error.log").toString(),
                    "-c",
                    config.toString())),
        dir.resolve("nginx.log"),
        Map.of(
            Service.HTTP, URI.create("http://" + Bench.HOST + ":" + http + path),
            Service.HTTPS, URI.create("https://" + Bench.HOST + ":" + https + path)));
  }

  /**
   * One process: it has one core, and a master of its own would not serve. Nothing is logged, no
   * connection is ever too old.
   */
  static String config(Path dir, Bench bench, boolean nopush, int http, int https) {
    return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 4096; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush %2$s;
          keepalive_requests 1000000000;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen %3$s:%4$d;
            listen %3$s:%5$d ssl;
            ssl_certificate %6$s;
            ssl_certificate_key %7$s;
            ssl_protocols TLSv1.3;
            ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
            root %8$s;
          }
        }
        """
        .formatted(
            dir,
            nopush ? "on" : "off",
            Bench.HOST,
            http,
            https,
            bench.certificate().chain(),
            bench.certificate().key(),
            bench.content().getParent());
  }
}
