package io.dualbid.stream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One real Kafka broker in KRaft mode, controller and broker in one, bound to the loopback address:
 * on free ports with its data in a temporary folder that goes with it, or on ports and in a folder
 * that are given, so that it can be started again where it ended.
 *
 * <p>Transactions work with a single replica. Topics are never made by accident. It is up when the
 * constructor returns, after some five seconds.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final boolean temporary;
  private final int port;
  private final KafkaRaftServer server;

  /**
   * Starts a broker whose data goes with it.
   *
   * @throws UncheckedIOException if no temporary folder can be made
   * @throws IllegalStateException if the broker does not start
   */
  public EmbeddedBroker() {
    this(Map.of());
  }

  /**
   * Starts a broker whose data goes with it, with settings of its own.
   *
   * @param settings by their Kafka names; they win over ours. Its one listener for clients is
   *     called {@code PLAINTEXT}, whatever protocol it is mapped to
   * @throws UncheckedIOException if no temporary folder can be made
   * @throws IllegalStateException if the broker does not start
   */
  public EmbeddedBroker(Map<String, String> settings) {
    this(temporaryFolder(), freePorts(), true, settings);
  }

  /**
   * Starts a broker that keeps its data, or goes on with the data that are there.
   *
   * @param folder of its data; made if it is missing, and left behind
   * @param port for clients
   * @param controllerPort for the controller's own traffic
   * @throws IllegalStateException if the broker does not start
   */
  public EmbeddedBroker(Path folder, int port, int controllerPort) {
    this(folder, new int[] {port, controllerPort}, false, Map.of());
  }

  private EmbeddedBroker(
      Path folder, int[] ports, boolean temporary, Map<String, String> settings) {
    this.folder = folder;
    this.temporary = temporary;
    this.port = ports[0];
    try {
      Properties properties = properties(port, ports[1]);
      properties.putAll(settings);
      format();
      server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
      server.startup();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded broker did not start", e);
    }
  }

  /** The address for clients. */
  public String bootstrap() {
    return LOOPBACK + ":" + port;
  }

  /** Stops the broker, and removes its data if they are temporary. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      deleteFolder();
    }
  }

  private Properties properties(int brokerPort, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
    p.put("controller.listener.names", "CONTROLLER");
    p.put(
        "listeners",
        "PLAINTEXT://"
            + LOOPBACK
            + ":"
            + brokerPort
            + ",CONTROLLER://"
            + LOOPBACK
            + ":"
            + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + brokerPort);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("log.dirs", folder.resolve("data").toString());
    p.put("auto.create.topics.enable", "false");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("offsets.topic.num.partitions", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    if (!temporary) {
      // One that was killed is let in again when its session has ended: soon, here.
      p.put("broker.session.timeout.ms", "3000");
      p.put("broker.heartbeat.interval.ms", "500");
    }
    // Two cores for everything: fewer threads of the broker's leave more to the others.
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("log.cleaner.dedupe.buffer.size", "4194304");
    return p;
  }

  private void format() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    if (Files.exists(data.resolve("meta.properties"))) {
      // It goes on as the cluster that it was.
      return;
    }
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName("CONTROLLER")
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setIgnoreFormatted(true)
          .run();
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("dualbid-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the broker's data", e);
    }
  }

  private static int[] freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket broker = new ServerSocket(0, 1, loopback);
        ServerSocket controller = new ServerSocket(0, 1, loopback)) {
      return new int[] {broker.getLocalPort(), controller.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("no free port for the broker", e);
    }
  }

  private void deleteFolder() {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's data in " + folder + " can't be removed", e);
    }
  }
}
