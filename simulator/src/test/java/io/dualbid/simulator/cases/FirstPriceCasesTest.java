package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstPriceCasesTest {
  private static GoldenCase golden(String name) throws IOException {
    return GoldenCase.read(Path.of("src/test/resources/cases/pacing", name + ".json"));
  }

  private static void check(GoldenCase golden) {
    Objects.requireNonNull(CaseForms.of(golden.form())).check(golden, new Comparison(golden));
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-price-given-landscape", "first-price-full-feedback"})
  void agreesWithTheReference(String name) throws IOException {
    GoldenCase golden = golden(name);
    assertThatCode(() -> check(golden)).doesNotThrowAnyException();
  }

  /** Changes one expected value after the other, and each time the check must see it. */
  @ParameterizedTest
  @ValueSource(strings = {"first-price-given-landscape", "first-price-full-feedback"})
  void comparesEveryValueThatIsExpected(String name) throws IOException {
    GoldenCase golden = golden(name);
    int changed = changeEach(golden, (ObjectNode) golden.expected());
    assertThat(changed).isGreaterThanOrEqualTo(101);
    assertThatCode(() -> check(golden)).doesNotThrowAnyException();
  }

  private static int changeEach(GoldenCase golden, ObjectNode block) {
    int changed = 0;
    for (Map.Entry<String, JsonNode> field : block.properties()) {
      JsonNode node = field.getValue();
      if (node.isObject()) {
        changed += changeEach(golden, (ObjectNode) node);
      } else if (node.isArray()) {
        ArrayNode values = (ArrayNode) node;
        for (int i = 0; i < values.size(); i++) {
          JsonNode kept = values.get(i);
          values.set(i, other(kept));
          refuses(golden, field.getKey());
          values.set(i, kept);
          changed++;
        }
      } else {
        field.setValue(other(node));
        refuses(golden, field.getKey());
        field.setValue(node);
        changed++;
      }
    }
    return changed;
  }

  private static void refuses(GoldenCase golden, String field) {
    assertThatThrownBy(() -> check(golden))
        .isInstanceOf(CaseMismatch.class)
        .hasMessageContaining(field);
  }

  private static JsonNode other(JsonNode node) {
    if (node.isBoolean()) {
      return BooleanNode.valueOf(!node.asBoolean());
    }
    return node.isIntegralNumber()
        ? LongNode.valueOf(node.asLong() + 1)
        : DoubleNode.valueOf(node.asDouble() + 1e-6);
  }
}
