package io.dualbid.core.model;

/**
 * Width and height in density-independent pixels; 0 x 0 where a creative fits any size.
 *
 * @param width at least 0
 * @param height at least 0
 */
public record Size(int width, int height) {
  public Size {
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException("size must be >= 0: " + width + "x" + height);
    }
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
