package io.dualbid.core.placement.fit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the embeddings of texts that come again, as creatives do with every content. The least
 * recently used go first when there are too many. Not thread safe.
 */
public final class KeptEmbeddings implements Embedder {
  private final Embedder embedder;
  private final int capacity;
  private final Map<String, double[]> kept;

  /**
   * Keeps what an embedder makes.
   *
   * @param capacity most texts kept, at least 1
   */
  public KeptEmbeddings(Embedder embedder, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("must be >= 1: capacity=" + capacity);
    }
    this.embedder = embedder;
    this.capacity = capacity;
    this.kept = new LinkedHashMap<>(16, 0.75f, true);
  }

  @Override
  public double[][] embed(List<String> texts) {
    Set<String> unknown = new LinkedHashSet<>();
    for (String text : texts) {
      if (!kept.containsKey(text)) {
        unknown.add(text);
      }
    }
    List<String> missing = List.copyOf(unknown);
    Map<String, double[]> fresh = new LinkedHashMap<>();
    if (!missing.isEmpty()) {
      double[][] made = embedder.embed(missing);
      for (int i = 0; i < made.length; i++) {
        fresh.put(missing.get(i), made[i]);
      }
    }
    double[][] all = new double[texts.size()][];
    for (int i = 0; i < all.length; i++) {
      double[] made = fresh.get(texts.get(i));
      double[] found = made == null ? kept.get(texts.get(i)) : made;
      if (found == null) {
        throw new IllegalStateException("no embedding of a text that was kept");
      }
      all[i] = found;
    }
    keep(fresh);
    return all;
  }

  private void keep(Map<String, double[]> fresh) {
    kept.putAll(fresh);
    var oldest = kept.keySet().iterator();
    for (int excess = kept.size() - capacity; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  /** How many texts are kept now. */
  public int size() {
    return kept.size();
  }
}
