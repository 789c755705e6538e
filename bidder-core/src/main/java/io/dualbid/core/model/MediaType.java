package io.dualbid.core.model;

/** The kind of an impression and of the creative that fills it (OpenRTB 2.6, section 3.2). */
public enum MediaType {
  BANNER,
  VIDEO,
  NATIVE,
  AUDIO
}
