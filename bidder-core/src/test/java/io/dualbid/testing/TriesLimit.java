package io.dualbid.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends a property after the number of tries that the system property {@code dualbid.tries-limit}
 * gives, however many it asks for; without it nothing changes. Mutation testing runs the same
 * properties thousands of times over, and the first tries find most of what all would.
 */
public final class TriesLimit implements AroundTryHook {
  private static final int LIMIT = Integer.getInteger("dualbid.tries-limit", Integer.MAX_VALUE);

  /** jqwik makes it, by the list of its hooks. */
  public TriesLimit() {}

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor tries, List<Object> parameters) {
    TryExecutionResult result = tries.execute(parameters);
    if (LIMIT == Integer.MAX_VALUE || !result.isSatisfied()) {
      return result;
    }
    Store<AtomicInteger> count =
        Store.getOrCreate(TriesLimit.class, Lifespan.PROPERTY, AtomicInteger::new);
    return TryExecutionResult.satisfied(
        count.get().incrementAndGet() >= LIMIT || result.shouldPropertyFinishEarly());
  }
}
