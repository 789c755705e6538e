package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.access.AccessPlan;
import io.dualbid.stream.kafka.KafkaClients;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Publishes definitions of campaigns: all of a change or nothing of it, each with its version,
 * author, time and reason, and each kept in the history.
 *
 * <p>Publishers of one engine share a transactional id. Who begins last ends whatever another has
 * begun, sees all that was published before, and only then looks at what is there; so of two who
 * publish at once one is told, and a version that was expected is really the one replaced.
 *
 * <p>Thread safe; a change takes some hundredths of a second, the first on a cluster longer.
 */
public final class CampaignPublisher {
  /**
   * A publisher that dies in the middle holds up readers of definitions for so long, unless another
   * begins.
   */
  private static final int LONGEST_TRANSACTION_MILLIS = 15_000;

  private final EngineConfig engine;
  private final KafkaClients clients;
  private final Topics topics;
  private final Clock clock;

  /**
   * A publisher.
   *
   * @param clock gives the time of versions
   */
  public CampaignPublisher(EngineConfig engine, Clock clock) {
    this.engine = engine;
    this.clients = KafkaClients.of(engine);
    this.topics = engine.kafka().topics();
    this.clock = clock;
  }

  /**
   * What publishing would write now; nothing is written.
   *
   * @throws VersionConflict if a campaign is not at the version that an edit expects
   * @throws IllegalArgumentException if a campaign can't be changed as asked
   */
  public Publication plan(List<Edit> edits, Signature signature) {
    requireTopics();
    return Publication.of(
        topics,
        PublishedCampaigns.of(engine),
        () -> CampaignHistory.of(engine),
        edits,
        signature,
        clock.millis());
  }

  /**
   * Publishes; returns when readers can see it. Campaigns that are published so already are not
   * written again.
   *
   * @throws VersionConflict if a campaign is not at the version that an edit expects, or another
   *     publisher came in between; nothing was written
   * @throws IllegalArgumentException if a campaign can't be changed as asked; nothing was written
   */
  public Publication publish(List<Edit> edits, Signature signature) {
    requireTopics();
    try (KafkaProducer<byte[], byte[]> producer =
        clients.newTransactionalProducer(
            AccessPlan.publisherTransaction(topics), LONGEST_TRANSACTION_MILLIS)) {
      // From here on nobody else is in the middle of a publication.
      producer.initTransactions();
      Publication publication = plan(edits, signature);
      if (!publication.records().isEmpty()) {
        write(producer, publication.records());
      }
      return publication;
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new VersionConflict(
          "another publication began in the meantime; nothing was written: look at it and repeat"
              + " the change",
          e);
    }
  }

  private static void write(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    try {
      for (ProducerRecord<byte[], byte[]> record : records) {
        // A record that can't be written fails the commit.
        var unused = producer.send(record);
      }
      producer.commitTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      // Ended by the one who fenced us; there is nothing left to abort.
      throw e;
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "no answer from the brokers: it is not known whether the change is published; repeat it,"
              + " what is published already is not written again",
          e);
    } catch (KafkaException e) {
      abort(producer, e);
      throw e;
    }
  }

  private static void abort(KafkaProducer<byte[], byte[]> producer, KafkaException cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // The broker ends it when its time is over.
      cause.addSuppressed(e);
    }
  }

  private void requireTopics() {
    try (var consumer = clients.newCommittedConsumer()) {
      for (String topic : List.of(topics.campaigns(), topics.campaignHistory())) {
        if (consumer.partitionsFor(topic).isEmpty()) {
          throw new IllegalStateException(
              "found no topic "
                  + topic
                  + " at "
                  + clients.bootstrap()
                  + "; './dualbid stream' creates what is missing, docs/topics.md says how topics"
                  + " must be");
        }
      }
    }
  }
}
