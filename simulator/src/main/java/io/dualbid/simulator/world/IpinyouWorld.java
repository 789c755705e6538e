package io.dualbid.simulator.world;

import io.dualbid.simulator.log.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Real auctions of the iPinYou log in the form of public research code: lines of {@code click price
 * pctr}. A win costs so many units of the account currency.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (the form of the log)"
 */
public final class IpinyouWorld implements World {
  private final LogWorld world;

  /**
   * Opens a log.
   *
   * @param file the log, plain or gzipped
   * @param seed part of the request ids, so that two runs on one cluster don't meet
   * @param firstRow first row to play, from 1
   * @param lastRow last row to play
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if it is named as gzip and isn't
   */
  public IpinyouWorld(Path file, long seed, long firstRow, long lastRow) throws IOException {
    world = new LogWorld(List.of(file), LogFormat.IPINYOU, null, seed, firstRow, lastRow);
  }

  @Override
  public @Nullable Opportunity next() {
    return world.next();
  }

  @Override
  public long size() {
    return world.size();
  }

  @Override
  public void close() {
    world.close();
  }
}
