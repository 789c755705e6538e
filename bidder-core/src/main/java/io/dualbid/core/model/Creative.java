package io.dualbid.core.model;

import java.util.List;

/**
 * What is shown when a bid wins.
 *
 * @param id unique within the campaign
 * @param type the kind of impression that it fills
 * @param size for banners the exact size; for video 0 x 0 or the size; 0 x 0 for native and audio
 * @param durationSeconds length of a video or audio creative; 0 for the others
 * @param attributes creative attributes (OpenRTB list 5.3), which publishers block by battr
 */
public record Creative(
    String id, MediaType type, Size size, int durationSeconds, List<Integer> attributes) {
  public Creative {
    attributes = List.copyOf(attributes);
    if (durationSeconds < 0) {
      throw new IllegalArgumentException("durationSeconds must be >= 0: " + durationSeconds);
    }
    if (type == MediaType.BANNER && (size.width() == 0 || size.height() == 0)) {
      throw new IllegalArgumentException("a banner needs a size: " + id);
    }
  }

  /** A banner without attributes. */
  public static Creative banner(String id, int width, int height) {
    return new Creative(id, MediaType.BANNER, new Size(width, height), 0, List.of());
  }
}
