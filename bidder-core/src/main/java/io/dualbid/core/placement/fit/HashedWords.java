package io.dualbid.core.placement.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Texts as bags of words: each word hashes to a dimension and a sign, and counts the more the fewer
 * texts of a corpus have it (inverse document frequency, {@code ln((1 + n) / (1 + n_w))}); what
 * stands in texts about anything doesn't count. Knows no synonyms; needs no model, and is the same
 * on every machine.
 *
 * @see "Weinberger et al.: Feature Hashing for Large Scale Multitask Learning, ICML 2009"
 */
public final class HashedWords implements Embedder {
  private static final int DIMENSIONS = 1 << 12;

  /** English words that stand in texts about anything. */
  private static final Set<String> COMMON =
      Set.of(
          """
          a about above after again all also am an and any are as at be because been before
          being below between both but by can could did do does doing down during each even
          every few for from further get had has have having he her here hers him his how if
          in into is it its itself just less like made make many may me might more most much
          must my no nor not now of off on once one only or other our out over own per rather
          same she should so some such than that the their them then there these they this
          those through to too two under until up upon us very was way we were what when where
          which while who whom why will with within without would you your
          """
              .split("\\s+"));

  private final Map<String, Integer> textsWith;
  private final int texts;

  private HashedWords(Map<String, Integer> textsWith, int texts) {
    this.textsWith = textsWith;
    this.texts = texts;
  }

  /** Weighs words by how few texts of a corpus have them. */
  public static HashedWords weighedBy(Collection<String> corpus) {
    Map<String, Integer> textsWith = new HashMap<>();
    for (String text : corpus) {
      for (String word : new HashSet<>(words(text))) {
        textsWith.merge(word, 1, Integer::sum);
      }
    }
    return new HashedWords(textsWith, corpus.size());
  }

  @Override
  public double[][] embed(List<String> wanted) {
    double[][] embeddings = new double[wanted.size()][DIMENSIONS];
    for (int i = 0; i < wanted.size(); i++) {
      for (String word : words(wanted.get(i))) {
        int hash = mixed(word.hashCode());
        double sign = hash < 0 ? -1 : 1;
        embeddings[i][hash & (DIMENSIONS - 1)] += sign * rarity(word);
      }
    }
    return embeddings;
  }

  private double rarity(String word) {
    return StrictMath.log((1.0 + texts) / (1 + textsWith.getOrDefault(word, 0)));
  }

  /** Lower-case words of two letters or more, plurals and singulars as one. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String lower = text.toLowerCase(Locale.ROOT) + " ";
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else {
        if (COMMON.contains(word.toString())) {
          word.setLength(0);
        }
        int length = word.length();
        if (length > 3 && word.charAt(length - 1) == 's' && word.charAt(length - 2) != 's') {
          word.setLength(length - 1);
        }
        if (word.length() > 1) {
          words.add(word.toString());
        }
        word.setLength(0);
      }
    }
    return words;
  }

  /** Spreads a hash over all bits (the finaliser of MurmurHash3). */
  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
