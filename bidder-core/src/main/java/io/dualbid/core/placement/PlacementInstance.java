package io.dualbid.core.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text with places for ads, and the ads that want to stand there.
 *
 * @param positions in reading order, offsets rising
 * @param ads in the order that settles ties; ids differ
 * @param limits on every answer
 * @param user how clicks come about
 */
public record PlacementInstance(
    List<Position> positions, List<Ad> ads, Limits limits, UserModel user) {
  /** Copies the lists and refuses what doesn't fit together. */
  public PlacementInstance {
    positions = List.copyOf(positions);
    ads = List.copyOf(ads);
    for (int j = 1; j < positions.size(); j++) {
      if (positions.get(j).offset() <= positions.get(j - 1).offset()) {
        throw new IllegalArgumentException(
            "offsets must rise from position to position: "
                + positions.get(j - 1).offset()
                + ", "
                + positions.get(j).offset());
      }
    }
    if (user instanceof UserModel.Cascade cascade
        && cascade.attentions() > 0
        && cascade.attentions() != positions.size()) {
      throw new IllegalArgumentException(
          "attention must be given for all of "
              + positions.size()
              + " positions: "
              + cascade.attentions());
    }
    Set<String> ids = new HashSet<>();
    for (Ad ad : ads) {
      if (!ids.add(ad.id())) {
        throw new IllegalArgumentException("two ads have one id: " + ad.id());
      }
      if (ad.positions() != positions.size()) {
        throw new IllegalArgumentException(
            ad.id()
                + ": needs a click weight for each of "
                + positions.size()
                + " positions: "
                + ad.positions());
      }
      for (int j = 0; user instanceof UserModel.Cascade && j < ad.positions(); j++) {
        if (ad.clickWeight(j) > 1) {
          throw new IllegalArgumentException(
              ad.id() + ": a click weight of the cascade is a probability: " + ad.clickWeight(j));
        }
      }
    }
  }

  /** Positions 0, 1, 2, ... without topics. */
  public static List<Position> positions(int count) {
    return IntStream.range(0, count).mapToObj(Position::new).toList();
  }
}
