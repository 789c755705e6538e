package io.dualbid.simulator.secure;

import io.dualbid.stream.access.Grant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** The broker's own authorizer, which remembers what it was asked. */
public final class WatchedAuthorizer extends StandardAuthorizer {
  private static final Set<String> ALLOWED = new ConcurrentSkipListSet<>();
  private static final Set<String> DENIED = new ConcurrentSkipListSet<>();

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      String asked =
          context.principal()
              + " "
              + action.operation()
              + " "
              + action.resourcePattern().resourceType()
              + " "
              + action.resourcePattern().name();
      if (results.get(i) == AuthorizationResult.ALLOWED) {
        ALLOWED.add(asked);
      } else if (action.logIfDenied()) {
        // Lists of topics are asked about each, and tell those that may be seen.
        DENIED.add(asked);
      }
    }
    return results;
  }

  /** What was refused up to now, in words. */
  static Set<String> denied() {
    return new TreeSet<>(DENIED);
  }

  /** Whether what a grant allows was asked for, and allowed. */
  static boolean used(Grant grant, String principalPrefix) {
    String asked = words(grant, grant.operation(), principalPrefix);
    return ALLOWED.stream()
        .anyMatch(known -> grant.prefix() ? known.startsWith(asked) : known.equals(asked));
  }

  private static String words(Grant grant, AclOperation operation, String principalPrefix) {
    return grant.principal(principalPrefix)
        + " "
        + operation
        + " "
        + grant.type()
        + " "
        + grant.name();
  }
}
