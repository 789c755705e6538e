package io.dualbid.core.targeting;

/**
 * What campaigns are filed by, most selective first: in this order a campaign chooses the
 * dimensions under which it is filed.
 */
enum Dimension {
  DEAL(0),
  PLACE(1),
  SEGMENT(2),
  GEO(3),
  SHAPE(4),
  DEVICE(5);

  /** Number of dimensions. */
  static final int COUNT = 6;

  private final int place;

  Dimension(int place) {
    this.place = place;
  }

  /** Index of this dimension in arrays and bit of it in masks. */
  int place() {
    return place;
  }
}
