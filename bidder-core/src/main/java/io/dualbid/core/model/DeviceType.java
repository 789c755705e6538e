package io.dualbid.core.model;

import org.jspecify.annotations.Nullable;

/** Device types of OpenRTB (AdCOM list "Device Types"), by their numbers. */
public enum DeviceType {
  MOBILE(1, "mobile"),
  PERSONAL_COMPUTER(2, "personal-computer"),
  CONNECTED_TV(3, "connected-tv"),
  PHONE(4, "phone"),
  TABLET(5, "tablet"),
  CONNECTED_DEVICE(6, "connected-device"),
  SET_TOP_BOX(7, "set-top-box"),
  OUT_OF_HOME(8, "out-of-home");

  private final int code;
  private final String label;

  DeviceType(int code, String label) {
    this.code = code;
    this.label = label;
  }

  public int code() {
    return code;
  }

  public String label() {
    return label;
  }

  /** The type of this code, or null for 0 and for codes that OpenRTB doesn't list. */
  public static @Nullable DeviceType ofCode(int code) {
    for (DeviceType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
