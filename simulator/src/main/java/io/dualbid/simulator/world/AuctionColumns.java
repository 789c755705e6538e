package io.dualbid.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The auctions of logs as columns, in the order of time: what optima with hindsight are computed
 * from, where a request for each row would only cost time.
 */
public final class AuctionColumns {
  private double[] price = new double[1024];
  private double[] clickRate = new double[1024];
  private boolean[] clicked = new boolean[1024];
  private int rows;

  private AuctionColumns() {}

  /**
   * Reads logs of iPinYou's form, one after the other.
   *
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if a row can't be; the message names file, line and column
   */
  public static AuctionColumns ofIpinyou(List<Path> files) throws IOException {
    AuctionColumns columns = new AuctionColumns();
    for (Path file : files) {
      try (IpinyouWorld world = new IpinyouWorld(file, 0, 1, Long.MAX_VALUE)) {
        for (Opportunity next = world.next(); next != null; next = world.next()) {
          Auction auction = next.auctions().get(0);
          columns.add(auction.priceNanos() / 1e9, auction.clickRate(), auction.clicked());
        }
      } catch (UncheckedIOException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    if (columns.rows == 0) {
      throw new IllegalArgumentException(
          files.get(0) + ":1:1: found no row; accepted: click price pctr");
    }
    return columns;
  }

  private void add(double onePrice, double oneClickRate, boolean oneClicked) {
    if (rows == price.length) {
      price = Arrays.copyOf(price, 2 * rows);
      clickRate = Arrays.copyOf(clickRate, 2 * rows);
      clicked = Arrays.copyOf(clicked, 2 * rows);
    }
    price[rows] = onePrice;
    clickRate[rows] = oneClickRate;
    clicked[rows] = oneClicked;
    rows++;
  }

  /** A part of them, from one row to another, both included and counted from 1. */
  public AuctionColumns part(long first, long last) {
    AuctionColumns part = new AuctionColumns();
    part.price = Arrays.copyOfRange(price, (int) first - 1, (int) last);
    part.clickRate = Arrays.copyOfRange(clickRate, (int) first - 1, (int) last);
    part.clicked = Arrays.copyOfRange(clicked, (int) first - 1, (int) last);
    part.rows = part.price.length;
    return part;
  }

  /** Number of auctions. */
  public int rows() {
    return rows;
  }

  /** Highest competing bid of each, in the log's units; a copy. */
  public double[] prices() {
    return Arrays.copyOf(price, rows);
  }

  /** Predicted click rate of each; a copy. */
  public double[] clickRates() {
    return Arrays.copyOf(clickRate, rows);
  }

  /** Whether a win of each would be clicked; a copy. */
  public boolean[] clicks() {
    return Arrays.copyOf(clicked, rows);
  }

  /** Mean of the prices. */
  public double meanPrice() {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += price[i];
    }
    return sum / rows;
  }
}
