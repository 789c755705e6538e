package io.dualbid.simulator.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times with their offset, such as 2026-03-02T12:00:00Z. */
final class Moments implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "found '" + text + "'; accepted: a time such as 2026-03-02T12:00:00Z");
    }
  }
}
