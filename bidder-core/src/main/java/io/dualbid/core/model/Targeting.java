package io.dualbid.core.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a campaign wants. An empty set or list asks for nothing; those that are not empty
 * must all be met.
 *
 * @param countries ISO 3166-1 alpha-3, upper case; the request's country is one of them, or its
 *     region one of {@code regions}
 * @param regions {@code COUNTRY-REGION} such as {@code USA-CA}; together with {@code countries} one
 *     condition
 * @param includedDomains site domains or app bundles; a domain includes its subdomains
 * @param excludedDomains the same, excluded
 * @param devices device types
 * @param anySegments the user has at least one of these segments
 * @param noSegments the user has none of these
 * @param deals the impression offers at least one of these deals
 * @param dayparts the request falls into one of these, in the zone of the flight
 * @param frequencyCap how often one user may see the campaign; requests without a user are not
 *     capped
 */
public record Targeting(
    Set<String> countries,
    Set<String> regions,
    Set<String> includedDomains,
    Set<String> excludedDomains,
    Set<DeviceType> devices,
    Set<String> anySegments,
    Set<String> noSegments,
    Set<String> deals,
    List<Daypart> dayparts,
    @Nullable FrequencyCap frequencyCap) {
  /** Every request. */
  public static final Targeting ANY =
      new Targeting(
          Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of(),
          null);

  public Targeting {
    countries = Set.copyOf(countries);
    regions = Set.copyOf(regions);
    includedDomains = Set.copyOf(includedDomains);
    excludedDomains = Set.copyOf(excludedDomains);
    devices = Set.copyOf(devices);
    anySegments = Set.copyOf(anySegments);
    noSegments = Set.copyOf(noSegments);
    deals = Set.copyOf(deals);
    dayparts = List.copyOf(dayparts);
  }
}
