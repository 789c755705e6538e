package io.dualbid.core.targeting;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Gives campaigns that target the same names the same set of them: a hundred thousand campaigns ask
 * for a few hundred lists of countries, and what is shared stays in the cache. Sets that no
 * campaign holds any more are forgotten. Not thread safe.
 */
final class NameSetPool {
  private final Map<NameSet, WeakReference<NameSet>> sets = new WeakHashMap<>();

  /** The set of these names. */
  NameSet of(Collection<String> names) {
    if (names.isEmpty()) {
      return NameSet.EMPTY;
    }
    NameSet fresh = new NameSet(names);
    WeakReference<NameSet> known = sets.get(fresh);
    NameSet shared = known == null ? null : known.get();
    if (shared == null) {
      sets.put(fresh, new WeakReference<>(fresh));
      return fresh;
    }
    return shared;
  }
}
