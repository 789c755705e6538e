package io.dualbid.simulator.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Outcome;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.simulator.console.ConsoleServer;
import io.dualbid.simulator.journal.Journal;
import io.dualbid.simulator.operate.CampaignHistory;
import io.dualbid.simulator.operate.CampaignPublisher;
import io.dualbid.simulator.operate.Edit;
import io.dualbid.simulator.operate.Signature;
import io.dualbid.stream.access.AccessPlan;
import io.dualbid.stream.access.Grant;
import io.dualbid.stream.access.Role;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.placement.EmbedderSource;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.topics.TopicPlan;
import io.dualbid.stream.topics.TopicSetup;
import io.dualbid.stream.topics.TopicSpec;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine on a broker that demands TLS and a password, where each job and everybody else may do
 * what {@link AccessPlan} says and nothing more: all of it works, nothing that they need is
 * refused, and nothing that they are granted goes unused.
 */
class SecuredClusterIT {
  private static final String PREFIX = "dualbid-";
  private static final String PASSWORD_NAME = "DUALBID_KAFKA_PASSWORD";
  private static final long PATIENCE_MILLIS = 300_000;

  @TempDir private Path folder = Path.of("");

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\"";
  }

  private static String password(String user) {
    return "password of " + user;
  }

  /** What a broker is set to that lets nobody in without a certificate and a password. */
  private static Map<String, String> demands(Certificates certificates) {
    StringBuilder users = new StringBuilder(login("admin", password("admin")));
    users.append(" user_admin=\"").append(password("admin")).append('"');
    for (Role role : Role.values()) {
      String user = PREFIX + role.label();
      users.append(" user_").append(user).append("=\"").append(password(user)).append('"');
    }
    users.append(" user_stranger=\"").append(password("stranger")).append('"');
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("listener.name.plaintext.plain.sasl.jaas.config", users + ";");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", certificates.keys().toString());
    settings.put("ssl.keystore.password", Certificates.PASSWORD);
    settings.put("ssl.key.password", Certificates.PASSWORD);
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.location", certificates.trusted().toString());
    settings.put("ssl.truststore.password", Certificates.PASSWORD);
    settings.put("authorizer.class.name", WatchedAuthorizer.class.getName());
    // Broker and controller are one process here; what goes between them is theirs.
    settings.put("super.users", "User:admin;User:ANONYMOUS");
    return settings;
  }

  private static String yaml(String bootstrap, Path trusted, String user) {
    return """
    kafka:
      bootstrap: %s
      properties:
        security.protocol: SASL_SSL
        sasl.mechanism: PLAIN
        sasl.jaas.config: >-
          org.apache.kafka.common.security.plain.PlainLoginModule required
          username="%s" password="${%s}";
        ssl.truststore.type: PKCS12
        ssl.truststore.location: %s
        ssl.truststore.password: %s
        request.timeout.ms: "10000"
        default.api.timeout.ms: "20000"
      create-topics: { partitions: 2, enabled: %s }
    bidding: { parallelism: 1, default-tmax: 2s }
    pacing: { parallelism: 1 }
    """
        .formatted(
            bootstrap,
            user,
            PASSWORD_NAME,
            trusted,
            Certificates.PASSWORD,
            user.equals("admin") ? "true" : "false");
  }

  private static EngineConfig engine(
      EmbeddedBroker broker, Certificates certificates, String user) {
    return engine(broker, certificates, user, password(user));
  }

  private static EngineConfig engine(
      EmbeddedBroker broker, Certificates certificates, String user, String password) {
    return Configurations.engine(
        user,
        yaml(broker.bootstrap(), certificates.trusted(), user),
        name -> name.equals(PASSWORD_NAME) ? password : null);
  }

  private static void run(EmbeddedCluster cluster, EngineConfig engine, Role role) {
    TopicSetup.ensure(KafkaClients.of(engine), engine, AccessPlan.topics(engine, role));
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    switch (role) {
      case BIDDING -> BiddingJob.build(environment, engine);
      case PACING -> PacingJob.build(environment, engine);
      case PLACEMENT -> PlacementJob.build(environment, engine, EmbedderSource.WORDS);
      default -> throw new IllegalArgumentException("no job: " + role);
    }
    cluster.submit(environment, role.label());
  }

  private static Campaign campaign() {
    return Configurations.campaigns(
            "test",
            """
            campaigns:
              - id: shoes
                advertiser: shoes.example
                budget: 1000
                plan: asap
                flight: { start: 2026-01-01T00:00:00Z, end: 2099-01-01T00:00:00Z }
                value-per-click: 1
                click-rate: 0.001
                max-bid-cpm: 10
                creatives: [{ id: square, type: banner, size: 300x250 }]
            """)
        .get(0);
  }

  /** Writes requests and texts, and every bid wins, until campaigns have spent on both. */
  private static void trade(EngineConfig engine, EngineConfig auditor) throws Exception {
    Topics topics = engine.kafka().topics();
    KafkaClients clients = KafkaClients.of(engine);
    JournalDecoder decoder = new JournalDecoder(topics);
    Set<Boolean> seen = new HashSet<>();
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    try (KafkaConsumer<byte[], byte[]> answers = clients.newConsumer();
        KafkaProducer<byte[], byte[]> producer = clients.newProducer()) {
      List<TopicPartition> partitions =
          List.of(topics.bids(), topics.noBids(), topics.placements()).stream()
              .flatMap(topic -> answers.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      answers.assign(partitions);
      answers.seekToBeginning(partitions);
      // What can't be read ends in a dead letter, whose writing is allowed too.
      for (String topic :
          List.of(topics.bidRequests(), topics.contentRequests(), topics.outcomes())) {
        producer.send(record(topic, "no json %d", 0)).get();
      }
      for (int i = 0; seen.size() < 2 || spent(auditor) == 0; i++) {
        assertThat(System.currentTimeMillis())
            .as("bids of both jobs: %s; refused: %s", seen, WatchedAuthorizer.denied())
            .isLessThan(end);
        String text =
            "{'id':'t%d','tmax':2000,'positions':1,'creatives':[{'campaign':'shoes','creative':'x','click_weight':[0.5]}]}";
        String request = "{'id':'r%d','imp':[{'id':'1','banner':{'w':300,'h':250}}]}";
        producer.send(record(topics.contentRequests(), text, i)).get();
        producer.send(record(topics.bidRequests(), request, i)).get();
        answers
            .poll(Duration.ofMillis(50))
            .forEach(
                raw -> {
                  if (decoder.decode(RawRecordReader.of(raw)) instanceof Issued issued) {
                    seen.add(PlacementJob.isOurs(issued.bid()));
                    var unused =
                        producer.send(
                            new ProducerRecord<>(
                                topics.outcomes(), bytes("shoes"), win(issued.bid())));
                  }
                });
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String json, int number) {
    String text = String.format(Locale.ROOT, json, number).replace('\'', '"');
    return new ProducerRecord<>(topic, bytes("k" + number), bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] win(Bid bid) {
    return OutcomeCodec.encode(
        new Outcome(
            bid.id() + "-w",
            Outcome.Kind.WIN,
            bid.id(),
            bid.campaign(),
            System.currentTimeMillis(),
            bid.amountNanos() / 2,
            0,
            bid.userKey()));
  }

  private static long spent(EngineConfig auditor) {
    long[] spent = {0};
    TopicScan.read(
        KafkaClients.of(auditor),
        auditor.kafka().topics().pacing(),
        raw -> {
          String text = new String(raw.value(), StandardCharsets.UTF_8);
          spent[0] += text.matches("(?s).*\"spent\":\\s*\"?0(\\.0+)?\"?[,}].*") ? 0 : 1;
        });
    return spent[0];
  }

  /** The page reads what it needs once somebody looks at it. */
  private static void lookAtTheConsole(EngineConfig operator, List<Grant> grants) throws Exception {
    try (ConsoleServer console = ConsoleServer.start(operator, ConsoleServer.Settings.local(0))) {
      try (InputStream events =
          new URI(console.address()).resolve("/events").toURL().openStream()) {
        assertThat(events.read()).isPositive();
        awaitUse(grants, Role.OPERATOR);
      }
    }
  }

  /** Waits until everything that a role is granted has been used. */
  private static void awaitUse(List<Grant> grants, Role role) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    Set<Grant> open = new HashSet<>(grants);
    open.removeIf(grant -> grant.role() != role);
    while (!open.isEmpty()) {
      open.removeIf(grant -> WatchedAuthorizer.used(grant, PREFIX));
      assertThat(System.currentTimeMillis())
          .as("granted in vain: %s; refused: %s", open, WatchedAuthorizer.denied())
          .isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static void mustNotWrite(EngineConfig engine, String topic) {
    try (KafkaProducer<byte[], byte[]> producer = KafkaClients.of(engine).newProducer()) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, bytes("x"))).get())
          .as("%s writes %s", engine.kafka().properties().get("sasl.jaas.config"), topic)
          .satisfies(
              e -> assertThat(causes(e)).hasAtLeastOneElementOfType(AuthorizationException.class));
    }
  }

  /**
   * A producer is refused when it asks for its id, or with its first record, whichever is read
   * first; each wraps the refusal in another exception.
   */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  @Test
  void everybodyMayDoWhatTheyNeedAndNothingElse() throws Exception {
    Certificates certificates = Certificates.in(folder);
    try (EmbeddedBroker broker = new EmbeddedBroker(demands(certificates));
        EmbeddedCluster cluster = new EmbeddedCluster(6)) {
      EngineConfig admin = engine(broker, certificates, "admin");
      TopicSetup.ensure(KafkaClients.of(admin), admin);
      List<Grant> grants = AccessPlan.of(admin);
      try (Admin client = KafkaClients.of(admin).newAdmin()) {
        client.createAcls(grants.stream().map(grant -> grant.binding(PREFIX)).toList()).all().get();
      }
      Function<Role, EngineConfig> as = role -> engine(broker, certificates, PREFIX + role.label());

      for (Role job : List.of(Role.PACING, Role.BIDDING, Role.PLACEMENT)) {
        run(cluster, as.apply(job), job);
      }
      new CampaignPublisher(as.apply(Role.OPERATOR), Clock.systemUTC())
          .publish(List.of(Edit.define(campaign())), new Signature("anna", "spring"));
      trade(as.apply(Role.EXCHANGE), as.apply(Role.AUDITOR));
      assertThat(CampaignHistory.of(as.apply(Role.OPERATOR)).newest("shoes")).isNotNull();
      lookAtTheConsole(as.apply(Role.OPERATOR), grants);
      AuditReport audit = Audit.of(as.apply(Role.AUDITOR));
      assertThat(audit.breaches()).isEmpty();
      assertThat(Journal.of(as.apply(Role.AUDITOR)).records("dead-letters")).isNotEmpty();

      // Some is used a while later only, as positions are committed with a checkpoint.
      for (Role role : Role.values()) {
        awaitUse(grants, role);
      }
      assertThat(WatchedAuthorizer.denied()).as("what was refused").isEmpty();

      for (Role role : Role.values()) {
        Set<String> own = new HashSet<>();
        for (Grant grant : grants) {
          if (grant.role() == role && grant.operation() == AclOperation.WRITE) {
            own.add(grant.name());
          }
        }
        for (TopicSpec topic : TopicPlan.of(admin)) {
          if (!own.contains(topic.name())) {
            mustNotWrite(as.apply(role), topic.name());
          }
        }
      }
      strangersAreRefused(broker, certificates);
    }
  }

  private static void strangersAreRefused(EmbeddedBroker broker, Certificates certificates) {
    EngineConfig stranger = engine(broker, certificates, "stranger");
    mustNotWrite(stranger, stranger.kafka().topics().bidRequests());
    EngineConfig guessed = engine(broker, certificates, "dualbid-pacing", "guessed");
    assertThatThrownBy(() -> topics(guessed.kafka().bootstrap(), guessed.kafka().properties()))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
    Map<String, String> trusting = new HashMap<>(stranger.kafka().properties());
    trusting.keySet().removeIf(name -> name.startsWith("ssl."));
    assertThatThrownBy(() -> topics(broker.bootstrap(), trusting))
        .as("a certificate that nobody vouches for")
        .hasCauseInstanceOf(SslAuthenticationException.class);
    assertThatThrownBy(() -> topics(broker.bootstrap(), Map.of()))
        .as("without TLS")
        .isInstanceOf(ExecutionException.class);
  }

  private static Set<String> topics(String bootstrap, Map<String, String> properties)
      throws Exception {
    Map<String, String> patient = new HashMap<>(properties);
    patient.put("request.timeout.ms", "2000");
    patient.put("default.api.timeout.ms", "5000");
    try (Admin client = new KafkaClients(bootstrap, patient).newAdmin()) {
      return client.listTopics().names().get();
    }
  }
}
