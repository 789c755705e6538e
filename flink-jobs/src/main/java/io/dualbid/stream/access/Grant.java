package io.dualbid.stream.access;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a role may do.
 *
 * @param role who
 * @param operation what
 * @param type to what kind of thing
 * @param name of the thing, or how its name begins
 * @param prefix whether the name is a beginning
 */
public record Grant(
    Role role, AclOperation operation, ResourceType type, String name, boolean prefix) {

  /**
   * What a broker is told.
   *
   * @param principalPrefix how names of principals begin; the role's label is added
   */
  public AclBinding binding(String principalPrefix) {
    return new AclBinding(
        new ResourcePattern(type, name, prefix ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            principal(principalPrefix), "*", operation, AclPermissionType.ALLOW));
  }

  /** The principal, as Kafka writes it. */
  public String principal(String principalPrefix) {
    return "User:" + principalPrefix + role.label();
  }
}
