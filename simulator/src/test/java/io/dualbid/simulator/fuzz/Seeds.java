package io.dualbid.simulator.fuzz;

import io.dualbid.core.configuration.Configurations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Good input for each target, to begin from. */
public final class Seeds {
  private static final Path CONFIG = Path.of("..", "config");

  private static final String REQUEST =
      """
      {"id":"r1","tmax":120,"at":1,"test":0,"cur":["JPY","USD"],"bcat":["IAB25"],"badv":["x.example"],
      "wseat":["s"],"bseat":["t"],"imp":[{"id":"1","banner":{"w":320,"h":50,"format":[{"w":300,"h":250}],
      "battr":[6]},"bidfloor":0.5,"bidfloorcur":"USD","ext":{"pctr":0.012},"pmp":{"private_auction":0,
      "deals":[{"id":"d","bidfloor":2,"bidfloorcur":"EUR","wseat":["s"]}]}},{"id":"2","video":{"w":640,
      "h":360,"minduration":5,"maxduration":30}}],"site":{"domain":"a.example","page":"https://a.example/x"},
      "device":{"devicetype":4,"ifa":"i","lmt":0,"geo":{"country":"US","region":"CA"}},"user":{"id":"u",
      "data":[{"segment":[{"id":"s1"},{"id":2}]}]}}""";

  private static final String BID =
      """
      {"id":"r-1","cur":"USD","seatbid":[{"bid":[{"id":"925be835eb1363f5f84e1c62c8d80b0f","impid":"1",
      "price":3.333333,"cid":"a","crid":"square","adomain":["shoes.example"],"ext":{"dualbid":{
      "reserved_nanos":3333,"lease":$LEASE,"day":20781,"subtask":0,"deadline":1795496461000,
      "decided":1795496460010,"epoch":1795496460000,"value":0.01,"multiplier":3.0,"user_key":"9e37",
      "order":{"incarnation":"7","number":12,"learned":[["pacing",0,310,312]]},
      "request":{"partition":0,"offset":77}}}}]}]}""";

  private static final String CLICK_BID =
      BID.replace(
          "\"value\":0.01",
          "\"bid_nanos\":500,\"click_nanos\":100000,\"click_rate\":0.03,"
              + "\"clicks_until\":1795496490000,\"credit_nanos\":7,\"value\":0.01");

  private static final String WIN =
      """
      {"id":"w","type":"win","bid":"925be835eb1363f5f84e1c62c8d80b0f","campaign":"a",
      "time":1795496460580,"price":0.0021,"minimum_to_win":0.002,"user_key":"9e37"}""";

  private static final String CLICK =
      """
      {"id":"c","type":"click","bid":"925be835eb1363f5f84e1c62c8d80b0f","campaign":"a",
      "time":1795496460980,"value":2.5,"won":1795496460580}""";

  private static final String CORRECTION =
      """
      {"id":"k","type":"correction","bid":"925be835eb1363f5f84e1c62c8d80b0f","campaign":"a",
      "time":1795496461980,"value":-2.5,"expected_value":-0.002,"won":1795496460580}""";

  private static final String PACING =
      """
      {"campaign":"a","epoch":1795496460450,"state":"active","multiplier":3.0,"ros_multiplier":0.5,
      "participation":0.9,"calibration":1.1,"load":0.2,"landscape":{"prices":[0.001,0.002],
      "probabilities":[0.3,1]},"ledger":{"budget_nanos":65000,"ceiling_nanos":65000,"spent_nanos":13,
      "reserved_nanos":0,"leased_nanos":12,"expected":{"leased_nanos":1,"bid_nanos":2,"shown_nanos":3}},
      "position":{"bids":47,"outcomes":51},"totals":{"bids":3,"wins":3,"value":0.1,"planned_nanos":20,
      "feedback_age_ms":112.5,"paid_clicks":{"charged":1,"free":2,"late":0,"uncollected_nanos":5}}}""";

  private static final String LEASE =
      """
      {"lease":5,"campaign":"a","incarnation":"7","subtask":0,"amount_nanos":1000,"slack_nanos":10,
      "day":20781,"expiry":1795496470000,"per_click":false}""";

  private static final String NO_BID =
      """
      {"id":"r","nbr":0,"ext":{"dualbid":{"reason":"no-candidate","number":301,"subtask":0,
      "decided":1795496460010,"order":{"incarnation":"7","number":1},"request":{"partition":0,"offset":3}}}}""";

  private static final String LETTER =
      """
      {"topic":"bid-requests","partition":0,"offset":9,"time":1,"reason":"found x","value":"y"}""";

  private static final String PLACEMENT =
      """
      {"id":"r","placements":[{"campaign":"a","creative":"c","position":1,
      "bid_id":"925be835eb1363f5f84e1c62c8d80b0f"}],"losers":[],"ext":{"dualbid":{"reason":"x",
      "order":{"incarnation":"7","number":1},"subtask":1,"decided":5,"request":{"partition":0,"offset":3}}}}""";

  private static final String BEAT =
      "{\"heartbeat\":{\"incarnation\":\"7\",\"subtask\":0,\"time\":1795496460000}}";

  private static final String WEIGHTS =
      """
      {"id":"t1","tmax":200,"positions":3,"max_ads":2,"min_distance":1,"model":"cascade",
      "continuation":0.8,"attention":[1,0.5,0.2],"fit_floor":0.1,"separate_categories":true,"creatives":[
      {"campaign":"a","creative":"square","click_weight":[0.9,0.2,0.1],"fit":[0.5,0.4,0.3],
      "excluded_topics":["war"]},{"campaign":"b","creative":"x","click_weight":[0.3,0.2,0.1]}]}""";

  private static final String TEXT =
      """
      {"id":"t2","content":"# Bread\\n\\nFlour and water. Salt.\\n\\n- one\\n- two\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n",
      "granularity":"sentence","min_gap":5,"weights":{"alpha":-2,"beta":3,"decay":0.9,"floor":0},
      "creatives":[{"campaign":"a","creative":"square","text":"Fresh flour"},
      {"campaign":"b","creative":"x","text":"Salt mills"}]}""";

  private static final String CSV =
      """
      timestamp,request_id,campaign,value,price,click,conversion_value,conversion_delay_ms,segment,x
      1795496460000,r1,a,0.01,1.5,1,2.5,1000,s,"q""uoted, text"
      2026-11-26T06:01:00Z,r2,b,0.02,2,0,,,t,
      """;

  private static final String JSONL =
      """
      {"timestamp":1795496460000,"request_id":"r1","campaign":"a","value":0.01,"price":1.5,"click":true}
      {"timestamp":"2026-11-26T06:01:00Z","campaign":"b","value":0.02,"price":2,"segment":"s","x":{"y":[1]}}
      """;

  private static final String ALLOCATIONS =
      """
      {"capacity":{"a":{"budget":100},"b":{"budget":5.5}}}
      {"t":17,"options":[{"campaign":"a","reward":1.2,"consumption":{"budget":0.4},"success_probability":0.3}]}
      {"t":18,"options":[{"campaign":"a","reward":1},{"campaign":"b","reward":2,"consumption":{"budget":1}}]}
      """;

  private Seeds() {}

  /** The seeds of each target, by the target's name. */
  static Map<String, List<byte[]>> all() throws IOException {
    Map<String, List<byte[]>> seeds = new LinkedHashMap<>();
    seeds.put("request", bytes(REQUEST));
    seeds.put("content", bytes(WEIGHTS, WEIGHTS.replace("cascade", "mnl"), TEXT));
    String campaign = new String(Configurations.toJson(World.CAMPAIGN), StandardCharsets.UTF_8);
    seeds.put(
        "record",
        bytes(
            "a" + BID.replace("$LEASE", "1"),
            "a" + CLICK_BID.replace("$LEASE", "1"),
            "a" + BEAT,
            "b" + WIN,
            "b" + CLICK,
            "b" + CORRECTION,
            "c" + campaign,
            "d" + PACING,
            "e" + LEASE,
            "f" + NO_BID,
            "g" + PLACEMENT,
            "h" + LETTER));
    seeds.put("settings", settings(campaign));
    seeds.put("log", logs());
    seeds.put("fold", folds(campaign));
    return seeds;
  }

  private static List<byte[]> settings(String campaign) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    add(seeds, "a", "engine.yaml");
    add(seeds, "b", "campaigns.yaml");
    for (String name : List.of("pacing-seasonal", "pacing-drift", "ros-late-values", "self-play")) {
      add(seeds, "c", "scenarios/" + name + ".yaml");
    }
    add(seeds, "d", "tune/dmd.yaml");
    add(seeds, "e", "scenarios/cpc-marketplace.yaml");
    for (String name : List.of("matching-bayesian-capacities", "matching-triangular")) {
      add(seeds, "f", "scenarios/" + name + ".yaml");
    }
    add(seeds, "g", "placement/creatives.yaml");
    add(seeds, "h", "placement/worked-example.json");
    add(seeds, "i", "campaigns.yaml");
    seeds.add(("j" + campaign).getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  private static void add(List<byte[]> seeds, String choice, String file) throws IOException {
    String text = Files.readString(CONFIG.resolve(file));
    seeds.add((choice + text).getBytes(StandardCharsets.UTF_8));
  }

  private static List<byte[]> logs() throws IOException {
    List<byte[]> seeds =
        new ArrayList<>(
            bytes(
                "a" + CSV.replace(',', '\t').replace("\"q\"\"uoted\t text\"", "q"),
                "b" + CSV,
                "B" + CSV,
                "c" + JSONL,
                "C" + JSONL,
                "d0 1 0.1\n1 23 0.25\n",
                "D0 1 0.1\n1 23 0.25\n",
                "e" + ALLOCATIONS,
                "E" + ALLOCATIONS));
    for (String zipped : List.of("f" + CSV, "g" + JSONL)) {
      byte[] gzip = LogTarget.gzip(zipped.substring(1).getBytes(StandardCharsets.UTF_8));
      byte[] seed = new byte[gzip.length + 1];
      seed[0] = (byte) zipped.charAt(0);
      System.arraycopy(gzip, 0, seed, 1, gzip.length);
      seeds.add(seed);
    }
    return seeds;
  }

  private static List<byte[]> folds(String campaign) {
    String bid = line("bid", BID);
    String win = line("outcome", WIN);
    String click = line("outcome", CLICK);
    String all =
        "+10\n" + bid + "+50\n" + win + click + line("outcome", CORRECTION) + "+3000\n" + win;
    return bytes(
        all,
        line("campaign", campaign) + "+400\n" + all,
        "+400\n" + win + bid + line("bid", CLICK_BID) + click + "+60000\n" + bid + "+400\n",
        line("pacing", PACING) + line("lease", LEASE) + line("no-bid", NO_BID) + all,
        line("placement", PLACEMENT) + line("letter", LETTER) + line("bid", BEAT) + all);
  }

  private static String line(String kind, String record) {
    return kind + ":" + record.replace("\n", "") + "\n";
  }

  private static List<byte[]> bytes(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Writes the seeds of a target into a folder, for a fuzzer to begin from.
   *
   * @param args the target, and the folder
   */
  public static void main(String[] args) throws IOException {
    List<byte[]> seeds = all().get(args[0]);
    if (seeds == null) {
      throw new IllegalArgumentException(
          "found the target " + args[0] + "; accepted: " + String.join(", ", all().keySet()));
    }
    Path folder = Files.createDirectories(Path.of(args[1]));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }
}
