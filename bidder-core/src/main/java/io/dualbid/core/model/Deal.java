package io.dualbid.core.model;

/**
 * A private deal that an impression offers (OpenRTB 2.6, section 3.2.12).
 *
 * @param id identity of the deal
 * @param floorNanos lowest bid under this deal; {@link Impression#FLOOR_UNKNOWN} where its currency
 *     has no rate
 */
public record Deal(String id, long floorNanos) {}
