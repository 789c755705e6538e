package io.dualbid.stream.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.placement.EmbedderSource;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.record.RecordType;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * Pins what saved state is found and read by: uids of operators, names of states, and how their
 * values are serialized. The bytes within are pinned by {@code StateFormTest} of the core.
 */
class StateSchemaTest {
  private static final Path PINNED = Path.of("src", "test", "resources", "state", "schema.txt");

  private static final String REMEDY =
      "The schema of saved state differs from "
          + PINNED
          + ". State that was saved by the version before would be lost or refused. If it must"
          + " change: keep the old state under its name and read it into the new one (a migration),"
          + " raise the version of a binary form, make a savepoint of the new version with"
          + " SavepointGenerator, see that SavepointIT restores all of them, and write the file anew"
          + " with mvn -pl flink-jobs -am -Dtest=StateSchemaTest -Ddualbid.state.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false test. Else undo the change.";

  private static final EngineConfig ENGINE =
      Configurations.engine("schema", "kafka: { bootstrap: 'localhost:1' }", name -> null);

  private interface Build {
    void into(StreamExecutionEnvironment environment);
  }

  private static void operators(String job, Build build, List<String> lines) {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    build.into(environment);
    assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES))
        .as("a type could fall back to Kryo in %s", job)
        .isFalse();
    assertThat(environment.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS))
        .as("an operator of %s could go without a uid", job)
        .isFalse();
    TreeSet<String> uids = new TreeSet<>();
    for (StreamNode node : environment.getStreamGraph().getStreamNodes()) {
      assertThat(node.getTransformationUID())
          .as("uid of %s in %s", node.getOperatorName(), job)
          .isNotNull();
      uids.add(job + " operator " + node.getTransformationUID());
    }
    lines.addAll(uids);
  }

  /** Every descriptor of state is a constant of the class that uses it. */
  private static void states(List<String> lines) throws ReflectiveOperationException {
    TreeSet<String> states = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.dualbid.stream")) {
      for (JavaField field : type.getFields()) {
        if (field.getRawType().isAssignableTo(StateDescriptor.class)) {
          assertThat(field.getModifiers())
              .as("%s must be a constant, so that it is pinned", field.getFullName())
              .contains(JavaModifier.STATIC, JavaModifier.FINAL);
          states.add(state(type.getSimpleName(), field.reflect()));
        }
      }
    }
    lines.addAll(states);
  }

  private static String state(String owner, Field field) throws ReflectiveOperationException {
    field.setAccessible(true);
    StateDescriptor<?, ?> state = (StateDescriptor<?, ?>) field.get(null);
    String values;
    if (state instanceof MapStateDescriptor<?, ?> map) {
      values = form(map.getKeySerializer()) + " to " + form(map.getValueSerializer());
    } else if (state instanceof ListStateDescriptor<?> list) {
      values = form(list.getElementSerializer());
    } else {
      values = form(state.getSerializer());
    }
    return owner + " state '" + state.getName() + "': " + state.getType() + " of " + values;
  }

  private static String form(TypeSerializer<?> serializer) {
    TypeSerializerSnapshot<?> snapshot = serializer.snapshotConfiguration();
    return snapshot.getClass().getName() + " v" + snapshot.getCurrentVersion();
  }

  /** Records between operators lie in channels that a checkpoint may hold. */
  private static void records(List<String> lines) {
    for (RecordType<?> type : List.of(RecordType.RAW, RecordType.OUT, RecordType.JOURNAL)) {
      lines.add(
          "record "
              + type.getTypeClass().getSimpleName()
              + ": "
              + form(type.createSerializer(new SerializerConfigImpl())));
    }
  }

  @Test
  void isAsPinned() throws IOException, ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    operators("bidding", environment -> BiddingJob.build(environment, ENGINE), lines);
    operators("pacing", environment -> PacingJob.build(environment, ENGINE, 4), lines);
    operators(
        "placement",
        environment -> PlacementJob.build(environment, ENGINE, EmbedderSource.WORDS),
        lines);
    states(lines);
    records(lines);
    if (Boolean.getBoolean("dualbid.state.write")) {
      Files.createDirectories(PINNED.getParent());
      Files.write(PINNED, lines);
    }
    assertThat(lines).as(REMEDY).isEqualTo(Files.readAllLines(PINNED));
  }
}
