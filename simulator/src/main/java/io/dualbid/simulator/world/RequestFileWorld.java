package io.dualbid.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.LogLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Real requests from a file of OpenRTB JSON, one a line, played again and again under new ids;
 * prices and clicks are generated. The click rate is added to each impression as {@code ext.pctr}.
 */
public final class RequestFileWorld implements World {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double HIGHEST_FLOOR_CPM = 1e9;

  private final List<ObjectNode> requests;
  private final Landscape landscape;
  private final long seed;
  private final long size;
  private long played;

  /**
   * Reads the file.
   *
   * @param file requests, plain or gzipped
   * @param size how many to play
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if a line is no JSON object with an id; the message names file
   *     and line
   */
  public RequestFileWorld(Path file, Landscape landscape, long seed, long size) throws IOException {
    this.requests = read(file);
    this.landscape = landscape;
    this.seed = seed;
    this.size = size;
  }

  private static List<ObjectNode> read(Path file) throws IOException {
    List<ObjectNode> requests = new ArrayList<>();
    LogLines.each(file, (number, line) -> requests.add(request(file, number, line)));
    if (requests.isEmpty()) {
      throw new IllegalArgumentException(
          file + ":1:1: found no request; accepted: one OpenRTB request a line");
    }
    return requests;
  }

  private static ObjectNode request(Path file, long number, String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode request && request.path("id").isTextual()) {
        return request;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file
              + ":"
              + number
              + ":"
              + e.getLocation().getColumnNr()
              + ": found "
              + e.getOriginalMessage()
              + "; accepted: one OpenRTB request a line",
          e);
    }
    throw new IllegalArgumentException(
        file + ":" + number + ":1: found no object with an id; accepted: an OpenRTB request");
  }

  @Override
  public @Nullable Opportunity next() {
    if (played == size) {
      return null;
    }
    ObjectNode request = requests.get((int) (played % requests.size())).deepCopy();
    long draw = Hash.mix(seed + played * Hash.GOLDEN_GAMMA);
    String id = request.get("id").asText() + "-" + Long.toHexString(seed) + "-" + played;
    played++;
    request.put("id", id);
    List<Auction> auctions = new ArrayList<>();
    if (request.path("imp") instanceof ArrayNode impressions) {
      int number = 0;
      for (JsonNode node : impressions) {
        number++;
        if (node instanceof ObjectNode impression) {
          String impressionId = impression.path("id").asText(Integer.toString(number));
          double cpm = impression.path("bidfloor").asDouble();
          long floor =
              Money.nanosOfCpm(BigDecimal.valueOf(Math.max(0, Math.min(HIGHEST_FLOOR_CPM, cpm))));
          Auction auction =
              landscape.auction(impressionId, Hash.of(impressionId, draw), floor, 1.0);
          auctions.add(auction);
          ObjectNode ext =
              impression.path("ext") instanceof ObjectNode own ? own : impression.putObject("ext");
          ext.put("pctr", auction.clickRate());
        }
      }
    }
    JsonNode user = request.path("user").path("id");
    try {
      return new Opportunity(
          id, user.isTextual() ? user.asText() : id, JSON.writeValueAsBytes(request), auctions);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return size;
  }
}
