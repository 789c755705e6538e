package io.dualbid.core.targeting;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Size;
import java.util.Arrays;
import java.util.List;

/**
 * A request and one of its impressions as the index sees them: for each dimension the tokens under
 * which matching campaigns may be filed. Used again for every request.
 */
final class RequestView {
  final NameList geo = new NameList();
  final NameList places = new NameList();
  final NameList segments = new NameList();
  final NameList deals = new NameList();
  final NameList country = new NameList();
  final NameList region = new NameList();
  long deviceBit;

  private final long[][] tokens = new long[Dimension.COUNT][8];
  private final int[] counts = new int[Dimension.COUNT];

  /** Takes in what all impressions of the request share. */
  void begin(BidRequest request) {
    country.clear();
    region.clear();
    geo.clear();
    if (request.country() != null) {
      country.add(request.country());
      geo.add(request.country());
    }
    if (request.region() != null) {
      region.add(request.region());
      geo.add(request.region());
    }
    places.clear();
    for (int i = 0; i < request.places().size(); i++) {
      places.addWithParents(request.places().get(i));
    }
    segments.clear();
    for (int i = 0; i < request.segments().size(); i++) {
      segments.add(request.segments().get(i));
    }
    DeviceType device = request.device();
    deviceBit = device == null ? 0 : 1L << device.code();
    set(Dimension.GEO, geo);
    set(Dimension.PLACE, places);
    set(Dimension.SEGMENT, segments);
    clear(Dimension.DEVICE);
    if (device != null) {
      add(Dimension.DEVICE, device.code());
    }
  }

  /** Takes in one impression. */
  void impression(Impression impression) {
    deals.clear();
    for (int i = 0; i < impression.deals().size(); i++) {
      deals.add(impression.deals().get(i).id());
    }
    set(Dimension.DEAL, deals);
    clear(Dimension.SHAPE);
    List<MediaType> types = impression.types();
    for (int i = 0; i < types.size(); i++) {
      switch (types.get(i)) {
        case BANNER -> addBanners(impression.sizes());
        case VIDEO -> add(Dimension.SHAPE, Shape.VIDEO);
        case NATIVE -> add(Dimension.SHAPE, Shape.NATIVE);
        case AUDIO -> add(Dimension.SHAPE, Shape.AUDIO);
      }
    }
  }

  private void addBanners(List<Size> sizes) {
    if (sizes.isEmpty()) {
      add(Dimension.SHAPE, Shape.ANY_BANNER);
    }
    for (int i = 0; i < sizes.size(); i++) {
      add(Dimension.SHAPE, Shape.banner(sizes.get(i)));
    }
  }

  long token(int dimension, int i) {
    return tokens[dimension][i];
  }

  int count(int dimension) {
    return counts[dimension];
  }

  private void set(Dimension dimension, NameList names) {
    clear(dimension);
    for (int i = 0; i < names.size(); i++) {
      add(dimension, names.hash(i));
    }
  }

  private void clear(Dimension dimension) {
    counts[dimension.place()] = 0;
  }

  private void add(Dimension dimension, long token) {
    int d = dimension.place();
    if (counts[d] == tokens[d].length) {
      tokens[d] = Arrays.copyOf(tokens[d], 2 * counts[d]);
    }
    tokens[d][counts[d]++] = token;
  }
}
