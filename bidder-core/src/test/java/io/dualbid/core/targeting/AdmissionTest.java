package io.dualbid.core.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Daypart;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Size;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final long NOW = 1_000;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final FrequencyCounter frequency = new FrequencyCounter(1024, 1_000);

  private static Targeting targeting(
      Set<String> deals, List<Daypart> dayparts, @Nullable FrequencyCap cap) {
    return new Targeting(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), deals, dayparts, cap);
  }

  private static Campaign campaign(
      Campaign.Status status, Flight flight, List<Creative> creatives, Targeting targeting) {
    return new Campaign(
        "c",
        "www.shoes.example",
        List.of("IAB18", "IAB25-3"),
        status,
        1_000,
        null,
        flight,
        Plan.EVEN,
        Strategy.budget(Campaign.Objective.VALUE, Campaign.Mirror.ENTROPY, 1),
        1,
        0.1,
        1_000,
        creatives,
        targeting);
  }

  private static final Flight FLIGHT = new Flight(500, 5_000, ZoneOffset.UTC);
  private static final List<Creative> BANNERS =
      List.of(
          new Creative("loud", MediaType.BANNER, new Size(300, 250), 0, List.of(1, 3)),
          new Creative("other", MediaType.BANNER, new Size(728, 90), 0, List.of()),
          new Creative("calm", MediaType.BANNER, new Size(300, 250), 0, List.of(9)));

  private static final Campaign PLAIN =
      campaign(Campaign.Status.ACTIVE, FLIGHT, BANNERS, Targeting.ANY);

  private static BidRequest request(List<String> bcat, List<String> badv, @Nullable String user) {
    return new BidRequest(
        "r", NOW, 100, false, "USD", true, List.of(), null, null, null, user, List.of(), bcat, badv,
        List.of());
  }

  private static Impression impression(
      long floor, boolean privateAuction, List<Deal> deals, List<Integer> battr) {
    return new Impression(
        "1",
        List.of(MediaType.BANNER),
        List.of(new Size(300, 250)),
        new Size(0, 0),
        0,
        Integer.MAX_VALUE,
        floor,
        privateAuction,
        deals,
        battr,
        Double.NaN);
  }

  private static final Impression OPEN = impression(7, false, List.of(), List.of());
  private static final BidRequest REQUEST = request(List.of(), List.of(), "u");

  private @Nullable Reason check(Campaign campaign, BidRequest request, Impression impression) {
    return new Admission(campaign).check(request, impression, 0, 1, frequency, NOW);
  }

  @Test
  void admitsACampaignWithNothingAgainstIt() {
    Admission admission = new Admission(PLAIN);
    assertThat(admission.check(REQUEST, OPEN, 0, 1, frequency, NOW)).isNull();
    assertThat(admission.creative().id()).isEqualTo("loud");
    assertThat(admission.deal()).isNull();
    assertThat(admission.floorNanos()).isEqualTo(7);
  }

  @Test
  void putsAsideWhatIsPausedOrOutsideItsFlight() {
    assertThat(
            check(campaign(Campaign.Status.PAUSED, FLIGHT, BANNERS, Targeting.ANY), REQUEST, OPEN))
        .isEqualTo(Reason.NOT_ACTIVE);
    Flight over = new Flight(0, NOW, ZoneOffset.UTC);
    assertThat(check(campaign(Campaign.Status.ACTIVE, over, BANNERS, Targeting.ANY), REQUEST, OPEN))
        .isEqualTo(Reason.OUTSIDE_FLIGHT);
  }

  @Test
  void putsAsideWhatThePublisherBlocks() {
    assertThat(check(PLAIN, request(List.of("IAB25"), List.of(), null), OPEN))
        .isEqualTo(Reason.BLOCKED_CATEGORY);
    assertThat(check(PLAIN, request(List.of("IAB25-3"), List.of(), null), OPEN))
        .isEqualTo(Reason.BLOCKED_CATEGORY);
    assertThat(check(PLAIN, request(List.of("IAB2", "IAB18-1"), List.of(), null), OPEN)).isNull();
    assertThat(check(PLAIN, request(List.of(), List.of("Shoes.example"), null), OPEN))
        .isEqualTo(Reason.BLOCKED_ADVERTISER);
    assertThat(check(PLAIN, request(List.of(), List.of("oes.example", ""), null), OPEN)).isNull();
  }

  @Test
  void showsTheFirstCreativeWithoutABlockedAttribute() {
    Admission admission = new Admission(PLAIN);
    Impression quiet = impression(0, false, List.of(), List.of(3));
    assertThat(admission.check(REQUEST, quiet, 0, 1, frequency, NOW)).isNull();
    assertThat(admission.creative().id()).isEqualTo("calm");
    assertThat(check(PLAIN, REQUEST, impression(0, false, List.of(), List.of(3, 9))))
        .isEqualTo(Reason.BLOCKED_ATTRIBUTE);
  }

  @Test
  void needsADealOfItsOwnInAPrivateAuction() {
    Impression closed = impression(7, true, List.of(new Deal("d2", 40)), List.of());
    assertThat(check(PLAIN, REQUEST, closed)).isEqualTo(Reason.DEAL_REQUIRED);
    Campaign dealer =
        campaign(
            Campaign.Status.ACTIVE,
            FLIGHT,
            BANNERS,
            targeting(Set.of("d1", "d2"), List.of(), null));
    Admission admission = new Admission(dealer);
    assertThat(admission.check(REQUEST, closed, 0, 1, frequency, NOW)).isNull();
    assertThat(admission.deal()).isEqualTo(new Deal("d2", 40));
    assertThat(admission.floorNanos()).isEqualTo(40);
  }

  @Test
  void endsWhenTheUserHasSeenEnough() {
    Campaign capped =
        campaign(
            Campaign.Status.ACTIVE,
            FLIGHT,
            BANNERS,
            targeting(Set.of(), List.of(), new FrequencyCap(2, 10_000)));
    Admission admission = new Admission(capped);
    frequency.record(1, admission.campaignKey(), NOW, 10_000);
    assertThat(admission.check(REQUEST, OPEN, 0, 1, frequency, NOW)).isNull();
    frequency.pend(1, admission.campaignKey(), NOW);
    assertThat(admission.check(REQUEST, OPEN, 0, 1, frequency, NOW))
        .isEqualTo(Reason.FREQUENCY_CAPPED);
    assertThat(admission.check(REQUEST, OPEN, 0, 2, frequency, NOW)).isNull();
    BidRequest nobody = request(List.of(), List.of(), null);
    assertThat(admission.check(nobody, OPEN, 0, 1, frequency, NOW)).isNull();
  }

  @Test
  void runsInTheHoursOfItsZone() {
    HoursOfWeek hours =
        new HoursOfWeek(List.of(new Daypart(Set.of(DayOfWeek.MONDAY), 8, 18)), BERLIN);
    assertThat(hours.include(at(BERLIN, 11, 2, 7, 59))).isFalse();
    assertThat(hours.include(at(BERLIN, 11, 2, 8, 0))).isTrue();
    assertThat(hours.include(at(BERLIN, 11, 2, 17, 59))).isTrue();
    assertThat(hours.include(at(BERLIN, 11, 2, 18, 0))).isFalse();
    assertThat(hours.include(at(BERLIN, 11, 3, 9, 0))).isFalse();
  }

  @Test
  void followsTheClockWhenItChanges() {
    HoursOfWeek two =
        new HoursOfWeek(List.of(new Daypart(Set.of(DayOfWeek.SUNDAY), 2, 3)), NEW_YORK);
    long autumn = at(NEW_YORK, 11, 1, 0, 30);
    // 1 November 2026: the hour from 1 to 2 comes twice, so 2 o'clock is three and a half hours
    // off.
    assertThat(two.include(autumn + 90 * 60_000L)).isFalse();
    assertThat(two.include(autumn + 150 * 60_000L)).isTrue();
    long spring = at(NEW_YORK, 3, 8, 1, 30);
    // 8 March 2026: after 1:59 comes 3:00, there is no hour from 2 to 3.
    assertThat(two.include(spring)).isFalse();
    assertThat(two.include(spring + 30 * 60_000L)).isFalse();
    assertThat(two.include(spring + 60 * 60_000L)).isFalse();
  }

  private static long at(ZoneId zone, int month, int day, int hour, int minute) {
    return LocalDateTime.of(2026, month, day, hour, minute).atZone(zone).toInstant().toEpochMilli();
  }
}
