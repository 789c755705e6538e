package io.dualbid.simulator.outage;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders, ports and settings of a run.
 *
 * @param folder of everything
 * @param brokerPort of the broker, for clients
 * @param controllerPort of the broker's controller
 * @param rpcPort of the job manager, for task managers
 * @param restPort of the job manager, for jobs
 */
record OutageSettings(Path folder, int brokerPort, int controllerPort, int rpcPort, int restPort) {
  static final String LOOPBACK = "127.0.0.1";

  /** So many that one task manager can carry both jobs while the other is away. */
  static final int SLOTS = 6;

  /**
   * Finds free ports and writes the files.
   *
   * @throws IOException if the folder can't be written
   */
  static OutageSettings in(Path folder) throws IOException {
    int[] port = freePorts(4);
    OutageSettings settings =
        new OutageSettings(folder.toAbsolutePath(), port[0], port[1], port[2], port[3]);
    for (Path path :
        List.of(
            settings.logs(),
            settings.flink(),
            settings.checkpoints(),
            settings.savepoints(),
            settings.folder.resolve("tmp"))) {
      Files.createDirectories(path);
    }
    Files.writeString(settings.engineFile(), settings.engineText(2, 2));
    Files.writeString(settings.flink().resolve("config.yaml"), settings.flinkText());
    return settings;
  }

  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      int[] ports = new int[count];
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        ports[i] = sockets.get(i).getLocalPort();
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  Path logs() {
    return folder.resolve("logs");
  }

  Path flink() {
    return folder.resolve("flink");
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  Path savepoints() {
    return folder.resolve("savepoints");
  }

  Path brokerData() {
    return folder.resolve("broker");
  }

  Path engineFile() {
    return folder.resolve("engine.yaml");
  }

  Path recordFile() {
    return folder.resolve("exchange-record.tsv");
  }

  /** The engine with this parallelism of bidding and of pacing. */
  EngineConfig engine(int bidding, int pacing) throws IOException {
    return Configurations.engine("outage-engine.yaml", engineText(bidding, pacing), n -> null);
  }

  private String engineText(int bidding, int pacing) throws IOException {
    return resource("outage-engine.yaml")
        .replace("BOOTSTRAP", LOOPBACK + ":" + brokerPort)
        .replace("CHECKPOINTS", checkpoints().toUri().toString())
        .replace("BIDDING", Integer.toString(bidding))
        .replace("PACING", Integer.toString(pacing));
  }

  private String flinkText() throws IOException {
    return resource("outage-flink.yaml")
        .replace("RPC_PORT", Integer.toString(rpcPort))
        .replace("REST_PORT", Integer.toString(restPort))
        .replace("TMP", folder.resolve("tmp").toString())
        .replace("SLOTS", Integer.toString(SLOTS));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OutageSettings.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
