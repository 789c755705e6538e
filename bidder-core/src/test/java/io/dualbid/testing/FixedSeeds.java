package io.dualbid.testing;

import java.util.SplittableRandom;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives each property a seed of its own that is the same in every run, unless the property names
 * one.
 *
 * <p>With {@code -Pexplore} (the system property {@value #EXPLORE}) seeds differ from run to run
 * and are printed; {@value #ORIGIN} repeats such a run. {@value #TRIES} multiplies how often each
 * property is tried.
 */
public final class FixedSeeds implements AroundPropertyHook {
  static final String EXPLORE = "dualbid.explore";
  static final String ORIGIN = "dualbid.explore.origin";
  static final String TRIES = "dualbid.tries.factor";

  private static final int OUTERMOST = -100;
  private static final int JQWIK_TRIES = 1_000;

  /** What the seeds of a run are made from; 0 for the runs that are all alike. */
  private static final long RUN = origin();

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext property, PropertyExecutor executor) {
    PropertyAttributes attributes = property.attributes();
    String name = property.containerClass().getName() + "." + property.targetMethod().getName();
    if (attributes.seed().isEmpty()) {
      long seed = seed(RUN, name);
      attributes.setSeed(Long.toString(seed));
      // Else a failure would make the next run another one than all others.
      attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
      if (RUN != 0) {
        System.out.println(name + " plays seed " + seed + " of -D" + ORIGIN + "=" + RUN);
      }
    }
    double factor = Double.parseDouble(System.getProperty(TRIES, "1"));
    if (factor != 1) {
      int tries = attributes.tries().orElse(JQWIK_TRIES);
      attributes.setTries((int) Math.max(1, Math.round(tries * factor)));
    }
    return executor.execute();
  }

  /**
   * The seed of a property.
   *
   * @param run 0, or the origin of a run that explores
   * @param name the property's class and method
   */
  static long seed(long run, String name) {
    long hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return new SplittableRandom(hash ^ run).nextLong();
  }

  private static long origin() {
    String given = System.getProperty(ORIGIN, "");
    if (!given.isEmpty()) {
      return Long.parseLong(given);
    }
    return Boolean.getBoolean(EXPLORE) ? System.nanoTime() : 0;
  }

  @Override
  public int aroundPropertyProximity() {
    return OUTERMOST;
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
