package io.dualbid.core.targeting;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the campaigns whose targeting and creatives fit an impression.
 *
 * <p>A campaign is filed under the values that it asks for in a few dimensions, its most selective
 * ones: once for each combination of these values, {@value #MOST_FILES} times at most. Campaigns
 * that chose the same dimensions share a table. A request looks into each table that is in use,
 * once for each combination of its own values; whatever it finds there is checked against the whole
 * condition. This is tuple space search, as routers classify packets: the cost follows the values
 * of the request and the campaigns found, not the campaigns that there are.
 *
 * <p>Slots are small numbers that the caller gives out and may use again. Finding allocates nothing
 * in the steady state. Not thread safe.
 *
 * @see "Srinivasan, Suri, Varghese: Packet Classification using Tuple Space Search, SIGCOMM 1999"
 */
public final class TargetingIndex {
  /** The campaign doesn't fit. */
  public static final int NO_MATCH = CampaignMatcher.NONE;

  /** Most combinations under which one campaign is filed. */
  static final int MOST_FILES = 1024;

  /** Most dimensions of a table: more would add tables without finding fewer campaigns. */
  private static final int MOST_DIMENSIONS = 3;

  private final @Nullable PostingTable[] tables = new PostingTable[1 << Dimension.COUNT];
  private final int[] filed = new int[1 << Dimension.COUNT];
  private int[] masksInUse = {};
  private @Nullable CampaignMatcher[] matchers = new CampaignMatcher[16];
  private int[] masks = new int[16];
  private final NameSetPool sets = new NameSetPool();
  private final RequestView request = new RequestView();
  private final int[] odometer = new int[Dimension.COUNT];

  /** Files a campaign in {@code slot}, in place of what was there. */
  public void put(int slot, Campaign campaign) {
    remove(slot);
    if (slot >= matchers.length) {
      int larger = Math.max(slot + 1, 2 * matchers.length);
      matchers = Arrays.copyOf(matchers, larger);
      masks = Arrays.copyOf(masks, larger);
    }
    CampaignMatcher matcher = new CampaignMatcher(campaign, sets);
    int mask = dimensions(matcher);
    matchers[slot] = matcher;
    masks[slot] = mask;
    PostingTable table = tables[mask];
    if (table == null) {
      table = new PostingTable();
      tables[mask] = table;
    }
    if (filed[mask]++ == 0) {
      listMasks();
    }
    file(matcher, mask, slot, table, true);
  }

  /** Takes out what is in {@code slot}, if anything is. */
  public void remove(int slot) {
    CampaignMatcher matcher = slot < matchers.length ? matchers[slot] : null;
    if (matcher == null) {
      return;
    }
    int mask = masks[slot];
    PostingTable table = tables[mask];
    if (table != null) {
      file(matcher, mask, slot, table, false);
    }
    matchers[slot] = null;
    if (--filed[mask] == 0) {
      tables[mask] = null;
      listMasks();
    }
  }

  /** Takes in a request; its impressions are asked for by {@link #find}. */
  public void begin(BidRequest newRequest) {
    request.begin(newRequest);
  }

  /** Takes in a request and its impression, for callers that know their candidates. */
  public void begin(BidRequest newRequest, Impression impression) {
    request.begin(newRequest);
    request.impression(impression);
  }

  /**
   * Finds the candidates for an impression of the request begun last.
   *
   * @param out takes the candidates; what it held before is gone
   */
  public void find(Impression impression, Candidates out) {
    look(impression, out);
    int kept = 0;
    for (int i = 0; i < out.size(); i++) {
      int creative = match(out.slot(i), impression);
      if (creative != NO_MATCH) {
        out.keep(kept++, out.slot(i), creative);
      }
    }
    out.truncate(kept);
  }

  /**
   * Finds the slots that the tables lead to, each once. Some of them may not fit after all: {@link
   * #match} decides. Reading what a campaign targets costs more than all else, so a caller that
   * needs few of them asks for those alone.
   *
   * @param out takes the slots; what it held before is gone
   */
  public void look(Impression impression, Candidates out) {
    out.clear();
    request.impression(impression);
    for (int mask : masksInUse) {
      PostingTable table = tables[mask];
      if (table != null) {
        search(mask, table, out);
      }
    }
    out.sortOnce();
  }

  /**
   * Whether the campaign in {@code slot} fits the impression looked at last.
   *
   * @return index of its first creative that fits, or {@link #NO_MATCH}
   */
  public int match(int slot, Impression impression) {
    CampaignMatcher matcher = matchers[slot];
    return matcher == null ? NO_MATCH : matcher.match(request, impression);
  }

  /**
   * What of the targeting of the campaign in {@code slot} the impression looked at last doesn't
   * meet, in the words of {@code campaigns.yaml}; null where it fits, or the slot is empty.
   */
  public @Nullable String unmet(int slot, Impression impression) {
    CampaignMatcher matcher = slot < matchers.length ? matchers[slot] : null;
    return matcher == null ? null : matcher.unmet(request, impression);
  }

  /** Looks up every combination of the request's values in the dimensions of one table. */
  private void search(int mask, PostingTable table, Candidates out) {
    for (int d = 0; d < Dimension.COUNT; d++) {
      odometer[d] = 0;
      if ((mask >>> d & 1) != 0 && request.count(d) == 0) {
        return;
      }
    }
    boolean more = true;
    while (more) {
      int place = table.find(key(mask));
      if (place >= 0) {
        collect(table, place, out);
      }
      more = advance(mask);
    }
  }

  private long key(int mask) {
    long key = mask;
    for (int d = 0; d < Dimension.COUNT; d++) {
      if ((mask >>> d & 1) != 0) {
        key = key(key, request.token(d, odometer[d]));
      }
    }
    return key;
  }

  private static long key(long before, long token) {
    return Hash.mix(before ^ token) + Hash.GOLDEN_GAMMA;
  }

  private boolean advance(int mask) {
    for (int d = 0; d < Dimension.COUNT; d++) {
      if ((mask >>> d & 1) != 0) {
        if (++odometer[d] < request.count(d)) {
          return true;
        }
        odometer[d] = 0;
      }
    }
    return false;
  }

  private void collect(PostingTable table, int place, Candidates out) {
    for (int i = 0; i < table.size(place); i++) {
      out.add(table.slot(place, i), NO_MATCH);
    }
  }

  /** The dimensions under which a campaign is filed, as a mask. */
  private static int dimensions(CampaignMatcher matcher) {
    int mask = 0;
    int chosen = 0;
    long files = 1;
    for (Dimension dimension : Dimension.values()) {
      int values = matcher.tokens(dimension).length;
      if (values > 0 && chosen < MOST_DIMENSIONS && files * values <= MOST_FILES) {
        mask |= 1 << dimension.place();
        files *= values;
        chosen++;
      }
    }
    return mask;
  }

  /** Adds or removes a campaign under each combination of its values. */
  private static void file(
      CampaignMatcher matcher, int mask, int slot, PostingTable table, boolean add) {
    file(matcher, mask, 0, mask, slot, table, add);
  }

  private static void file(
      CampaignMatcher matcher,
      int mask,
      int dimension,
      long key,
      int slot,
      PostingTable table,
      boolean add) {
    if (dimension == Dimension.COUNT) {
      if (add) {
        table.add(key, slot);
      } else {
        table.remove(key, slot);
      }
      return;
    }
    if ((mask >>> dimension & 1) == 0) {
      file(matcher, mask, dimension + 1, key, slot, table, add);
      return;
    }
    for (long token : matcher.tokens(dimension)) {
      file(matcher, mask, dimension + 1, key(key, token), slot, table, add);
    }
  }

  private void listMasks() {
    int count = 0;
    int[] inUse = new int[filed.length];
    for (int mask = 0; mask < filed.length; mask++) {
      if (filed[mask] > 0) {
        inUse[count++] = mask;
      }
    }
    masksInUse = Arrays.copyOf(inUse, count);
  }

  /** Places in all tables, for tests of bounded memory. */
  int places() {
    int places = 0;
    for (PostingTable table : tables) {
      places += table == null ? 0 : table.capacity();
    }
    return places;
  }
}
