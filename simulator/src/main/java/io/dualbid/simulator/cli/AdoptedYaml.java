package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.scenario.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** How a campaign bids, as keys to copy into {@code campaigns.yaml}. */
final class AdoptedYaml {
  private static final List<String> KEYS =
      List.of("method", "constraint", "target-ros", "strict", "mirror", "step", "auction");
  private static final MathContext DIGITS = new MathContext(4);

  private AdoptedYaml() {}

  /**
   * The keys, one a line.
   *
   * @param starts where the multiplier starts; null to leave that out
   * @param comments told above, each in a line
   */
  static String of(
      Policy policy,
      Campaign campaign,
      List<String> fractions,
      List<Double> starts,
      List<String> comments) {
    double start = starts.get(0);
    Strategy strategy =
        policy.strategy(campaign.strategy().objective(), campaign.strategy().targetRos(), 1, start);
    JsonNode json = json(campaign.with(strategy));
    StringBuilder yaml = new StringBuilder();
    comments.forEach(comment -> yaml.append("# ").append(comment).append('\n'));
    for (String key : KEYS) {
      JsonNode value = json.path(key);
      if (!value.isMissingNode()) {
        yaml.append(key).append(": ").append(value.isObject() ? flow(value) : plain(value));
        yaml.append('\n');
      }
    }
    yaml.append("plan: ").append(policy.shape().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    yaml.append('\n');
    if (starts.size() == 1) {
      return yaml.append("start-multiplier: ").append(rounded(start)).append('\n').toString();
    }
    // One number can't be the start of several budgets.
    for (int i = 0; i < starts.size(); i++) {
      yaml.append("# start-multiplier: ").append(rounded(starts.get(i)));
      yaml.append("   # at ").append(fractions.get(i)).append('\n');
    }
    return yaml.toString();
  }

  private static JsonNode json(Campaign campaign) {
    try {
      return new ObjectMapper().readTree(Configurations.toJson(campaign));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String flow(JsonNode mapping) {
    StringBuilder flow = new StringBuilder();
    for (var entry : mapping.properties()) {
      flow.append(flow.isEmpty() ? "{ " : ", ");
      flow.append(entry.getKey()).append(": ").append(plain(entry.getValue()));
    }
    return flow.append(" }").toString();
  }

  private static String plain(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }

  private static String rounded(double number) {
    return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
