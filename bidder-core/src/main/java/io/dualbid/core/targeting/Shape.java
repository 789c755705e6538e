package io.dualbid.core.targeting;

import io.dualbid.core.model.Size;

/** Tokens of what fits an impression: a banner of one size, a banner of any, or another kind. */
final class Shape {
  static final long ANY_BANNER = 1;
  static final long VIDEO = 2;
  static final long NATIVE = 3;
  static final long AUDIO = 4;

  private Shape() {}

  static long banner(Size size) {
    return 1L << 62 | (long) size.width() << 31 | size.height();
  }
}
