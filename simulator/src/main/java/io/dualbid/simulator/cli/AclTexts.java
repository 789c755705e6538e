package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.stream.access.Grant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.resource.ResourceType;

/** What roles are allowed, as text for people and for the tools that grant it. */
final class AclTexts {
  private AclTexts() {}

  /** A command of Kafka for each grant. */
  static String commands(List<Grant> grants, String principalPrefix, String bootstrap) {
    StringBuilder text = new StringBuilder();
    for (Grant grant : grants) {
      text.append("kafka-acls --bootstrap-server ")
          .append(bootstrap)
          .append(" --add --allow-principal ")
          .append(grant.principal(principalPrefix))
          .append(" --operation ")
          .append(operation(grant))
          .append(' ')
          .append(option(grant.type()))
          .append(' ')
          .append(grant.name())
          .append(grant.prefix() ? " --resource-pattern-type prefixed" : "")
          .append('\n');
    }
    return text.toString();
  }

  private static String operation(Grant grant) {
    StringBuilder words = new StringBuilder();
    for (String word : grant.operation().name().toLowerCase(Locale.ROOT).split("_", -1)) {
      words.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return words.toString();
  }

  private static String option(ResourceType type) {
    return switch (type) {
      case TOPIC -> "--topic";
      case GROUP -> "--group";
      case TRANSACTIONAL_ID -> "--transactional-id";
      default -> throw new IllegalArgumentException("nobody is allowed anything on " + type);
    };
  }

  /** The same as a document. */
  static ObjectNode document(List<Grant> grants, String principalPrefix) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "topics");
    ArrayNode list = document.putArray("acls");
    for (Grant grant : grants) {
      list.addObject()
          .put("role", grant.role().label())
          .put("principal", grant.principal(principalPrefix))
          .put("operation", operation(grant))
          .put("resource", grant.type().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("name", grant.name())
          .put("prefix", grant.prefix());
    }
    return document;
  }
}
