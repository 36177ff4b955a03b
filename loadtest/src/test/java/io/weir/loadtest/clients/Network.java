package io.weir.loadtest.clients;

import java.util.List;

/** Where the programs of one test meet each other. */
interface Network {
  /** A command that runs in it. */
  ProcessBuilder command(List<String> command);

  /** The address that edges and origins bind. */
  String edgeAddress();

  /** This port where the network is the test's own, else one that nobody has. */
  int port(int documented);
}
