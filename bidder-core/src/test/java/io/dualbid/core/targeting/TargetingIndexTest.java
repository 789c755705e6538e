package io.dualbid.core.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Targeting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetingIndexTest {
  /** The whole condition, written down a second time and as plainly as can be. */
  private static int scan(Campaign campaign, BidRequest request, Impression impression) {
    Targeting t = campaign.targeting();
    boolean geo =
        (t.countries().isEmpty() && t.regions().isEmpty())
            || (request.country() != null && t.countries().contains(request.country()))
            || (request.region() != null && t.regions().contains(request.region()));
    boolean included =
        t.includedDomains().isEmpty()
            || request.places().stream().anyMatch(p -> under(p, t.includedDomains()));
    boolean excluded = request.places().stream().anyMatch(p -> under(p, t.excludedDomains()));
    DeviceType device = request.device();
    boolean devices = t.devices().isEmpty() || (device != null && t.devices().contains(device));
    boolean any =
        t.anySegments().isEmpty()
            || request.segments().stream().anyMatch(t.anySegments()::contains);
    boolean none = request.segments().stream().noneMatch(t.noSegments()::contains);
    boolean deals =
        t.deals().isEmpty()
            || impression.deals().stream().map(Deal::id).anyMatch(t.deals()::contains);
    if (!(geo && included && !excluded && devices && any && none && deals)) {
      return -1;
    }
    for (int i = 0; i < campaign.creatives().size(); i++) {
      if (fits(campaign.creatives().get(i), impression)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean under(String place, Set<String> domains) {
    return domains.stream().anyMatch(d -> place.equals(d) || place.endsWith("." + d));
  }

  private static boolean fits(Creative creative, Impression impression) {
    if (!impression.types().contains(creative.type())) {
      return false;
    }
    boolean lasts =
        creative.durationSeconds() >= impression.minDurationSeconds()
            && creative.durationSeconds() <= impression.maxDurationSeconds();
    boolean any = creative.size().width() == 0 || impression.videoSize().width() == 0;
    return (creative.type() != MediaType.BANNER
            || impression.sizes().isEmpty()
            || impression.sizes().contains(creative.size()))
        && (creative.type() != MediaType.VIDEO
            || (lasts && (any || impression.videoSize().equals(creative.size()))))
        && (creative.type() != MediaType.AUDIO || lasts);
  }

  @Property(tries = 300)
  void findsWhatAPlainScanFinds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Worlds worlds = new Worlds(seed);
    TargetingIndex index = new TargetingIndex();
    Map<Integer, Campaign> campaigns = new TreeMap<>();
    Candidates candidates = new Candidates();
    for (int step = 0; step < 60; step++) {
      int slot = random.nextInt(25);
      if (random.nextInt(4) == 0) {
        index.remove(slot);
        campaigns.remove(slot);
      } else {
        Campaign campaign = worlds.campaign("c" + step);
        index.put(slot, campaign);
        campaigns.put(slot, campaign);
      }
      BidRequest request = worlds.request();
      index.begin(request);
      for (Impression impression : request.impressions()) {
        List<List<Integer>> expected = new ArrayList<>();
        campaigns.forEach(
            (number, campaign) -> {
              int creative = scan(campaign, request, impression);
              if (creative >= 0) {
                expected.add(List.of(number, creative));
              }
            });
        index.find(impression, candidates);
        campaigns.forEach(
            (number, campaign) ->
                assertThat(index.unmet(number, impression) == null)
                    .isEqualTo(scan(campaign, request, impression) >= 0));
        List<List<Integer>> found = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
          found.add(List.of(candidates.slot(i), candidates.creative(i)));
        }
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void takesADomainForItsSubdomainsButNotForItsLookalikes() {
    TargetingIndex index = new TargetingIndex();
    Targeting news =
        new Targeting(
            Set.of(),
            Set.of(),
            Set.of("news.example"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(),
            null);
    index.put(0, Worlds.campaign("c", List.of(Creative.banner("b", 300, 250)), news));
    assertThat(found(index, "news.example")).isEqualTo(1);
    assertThat(found(index, "sport.news.example")).isEqualTo(1);
    assertThat(found(index, "fakenews.example")).isZero();
    assertThat(found(index, "example")).isZero();
  }

  @Test
  void namesTheFirstConditionThatIsNotMet() {
    TargetingIndex index = new TargetingIndex();
    Targeting picky =
        new Targeting(
            Set.of("CAN"),
            Set.of(),
            Set.of(),
            Set.of("bad.example"),
            Set.of(),
            Set.of("cars"),
            Set.of(),
            Set.of(),
            List.of(),
            null);
    index.put(0, Worlds.campaign("c", List.of(Creative.banner("b", 300, 250)), picky));
    assertThat(unmet(index, "USA", "good.example", "cars", 300)).isEqualTo("countries or regions");
    assertThat(unmet(index, "CAN", "a.bad.example", "cars", 300)).isEqualTo("domains.exclude");
    assertThat(unmet(index, "CAN", "good.example", "boats", 300)).isEqualTo("segments.any-of");
    assertThat(unmet(index, "CAN", "good.example", "cars", 728)).isEqualTo("creatives");
    assertThat(unmet(index, "CAN", "good.example", "cars", 300)).isNull();
  }

  private static @Nullable String unmet(
      TargetingIndex index, String country, String place, String segment, int width) {
    Impression banner = Impression.banner("1", width, 250);
    index.begin(
        Worlds.request(List.of(place), country, null, null, List.of(segment), List.of(banner)));
    index.look(banner, new Candidates());
    return index.unmet(0, banner);
  }

  private static int found(TargetingIndex index, String place) {
    Impression banner = Impression.banner("1", 300, 250);
    Candidates candidates = new Candidates();
    index.begin(Worlds.request(List.of(place), "USA", null, null, List.of(), List.of(banner)));
    index.find(banner, candidates);
    return candidates.size();
  }

  @Test
  void takesNoFurtherMemoryForUpdatesOfTheSameCampaigns() {
    TargetingIndex index = new TargetingIndex();
    int places = 0;
    for (int round = 0; round < 200; round++) {
      Worlds worlds = new Worlds(round);
      for (int slot = 0; slot < 50; slot++) {
        index.put(slot, worlds.campaign("c" + slot));
      }
      if (round == 50) {
        places = index.places();
      }
    }
    assertThat(index.places()).isLessThanOrEqualTo(2 * places);
    for (int slot = 0; slot < 50; slot++) {
      index.remove(slot);
    }
    assertThat(index.places()).isZero();
  }
}
