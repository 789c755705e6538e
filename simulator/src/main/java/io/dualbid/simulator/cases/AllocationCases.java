package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.allocation.BidPriceControl;
import io.dualbid.core.allocation.Capacity;
import io.dualbid.core.allocation.Gradient;
import io.dualbid.core.allocation.Horizon;
import io.dualbid.core.allocation.OnlineAllocator;
import io.dualbid.core.allocation.Options;
import io.dualbid.core.allocation.PersonalisedAssortment;
import io.dualbid.core.allocation.ProportionalMatching;
import io.dualbid.core.allocation.ShadowPrices;
import io.dualbid.core.allocation.Softmax;
import java.util.Arrays;

/**
 * Online allocation and its applications, request by request. Where {@code gradient} is a list, the
 * case expects one block for each of its values.
 */
final class AllocationCases {
  /** Plays a case by one kind of gradient. */
  private interface Play {
    Trace by(Gradient gradient);
  }

  private AllocationCases() {}

  /** The general form: options with rewards and consumption, the null action, skips. */
  static void allocation(GoldenCase golden, Comparison comparison) {
    long[] capacity = nanos(golden.parameters().path("capacity"));
    each(
        golden,
        comparison,
        gradient -> {
          OnlineAllocator allocator =
              new OnlineAllocator(
                  new Capacity(capacity),
                  horizon(golden),
                  prices(golden, capacity.length),
                  gradient);
          Options options = new Options(capacity.length);
          Trace trace = new Trace();
          for (JsonNode request : golden.input()) {
            read(request.path("options"), options);
            allocator.decide(options);
            trace.add("choice", allocator.choice());
            trace.add("taken", allocator.taken());
            long[] left = new long[capacity.length];
            for (int j = 0; j < left.length; j++) {
              left[j] = allocator.left(j);
            }
            trace.add("remaining_nanos", left);
            trace.add("mu_after", multipliers(allocator.prices()));
          }
          trace.put("reward", allocator.reward());
          return trace;
        });
  }

  /** Bid prices on the legs of a network. */
  static void networkRevenueManagement(GoldenCase golden, Comparison comparison) {
    long[] seats = wholes(golden.parameters().path("seats"));
    each(
        golden,
        comparison,
        gradient -> {
          BidPriceControl control =
              new BidPriceControl(seats, horizon(golden), prices(golden, seats.length), gradient);
          Trace trace = new Trace();
          for (JsonNode request : golden.input()) {
            int[] legs = new int[request.path("legs").size()];
            for (int i = 0; i < legs.length; i++) {
              legs[i] = request.path("legs").get(i).asInt();
            }
            trace.add("accept", control.accept(request.path("fare").asDouble(), legs));
            trace.add("bid_price", control.bidPrice());
            long[] left = new long[seats.length];
            for (int leg = 0; leg < left.length; leg++) {
              left[leg] = control.seatsLeft(leg);
            }
            trace.add("remaining", left);
            trace.add("mu_after", multipliers(control.prices()));
          }
          trace.put("revenue", control.revenue());
          return trace;
        });
  }

  /** Fractions of each request by softmax, cut off at the capacities. */
  static void proportionalMatching(GoldenCase golden, Comparison comparison) {
    double[] capacity = DualParameters.numbers(golden.parameters().path("capacity"));
    boolean nullEntropy = golden.parameters().path("null_entropy").asBoolean(true);
    Softmax softmax = new Softmax(golden.number("kappa"), nullEntropy);
    each(
        golden,
        comparison,
        gradient -> {
          ProportionalMatching matching =
              new ProportionalMatching(
                  capacity, horizon(golden), prices(golden, capacity.length), gradient, softmax);
          Trace trace = new Trace();
          for (JsonNode request : golden.input()) {
            matching.match(
                DualParameters.numbers(request.path("reward")),
                DualParameters.numbers(request.path("cost")));
            double[] share = new double[capacity.length];
            double[] taken = new double[capacity.length];
            double[] left = new double[capacity.length];
            for (int j = 0; j < capacity.length; j++) {
              share[j] = matching.share(j);
              taken[j] = matching.taken(j);
              left[j] = matching.left(j);
            }
            trace.add("x", share);
            trace.add("taken", taken);
            trace.add("remaining", left);
            trace.add("mu_after", multipliers(matching.prices()));
          }
          trace.put("reward", matching.reward());
          return trace;
        });
  }

  /** The best assortment for each visitor, and what the visitor buys by the draw of the case. */
  static void assortment(GoldenCase golden, Comparison comparison) {
    double[] revenue = DualParameters.numbers(golden.parameters().path("revenue"));
    long[] stock = wholes(golden.parameters().path("stock"));
    each(
        golden,
        comparison,
        gradient -> {
          PersonalisedAssortment shop =
              new PersonalisedAssortment(
                  revenue,
                  golden.number("w0", 1),
                  new Capacity(stock),
                  horizon(golden),
                  prices(golden, stock.length),
                  gradient);
          Trace trace = new Trace();
          for (JsonNode visitor : golden.input()) {
            trace.add("value", shop.offer(DualParameters.numbers(visitor.path("weight"))));
            int bought = shop.purchase(visitor.path("u").asDouble());
            trace.add("assortment", offered(shop, stock.length));
            trace.add("bought", bought);
            shop.settle(bought);
            long[] left = new long[stock.length];
            for (int i = 0; i < left.length; i++) {
              left[i] = shop.stock(i);
            }
            trace.add("stock", left);
            trace.add("mu_after", multipliers(shop.prices()));
          }
          trace.put("revenue", shop.earned());
          return trace;
        });
  }

  private static void each(GoldenCase golden, Comparison comparison, Play play) {
    JsonNode gradients = golden.parameters().path("gradient");
    for (String name : DualParameters.words(gradients, "tentative")) {
      Gradient gradient =
          switch (name) {
            case "tentative" -> Gradient.TENTATIVE;
            case "realised" -> Gradient.REALISED;
            default ->
                throw new CaseMismatch(
                    "found the gradient '" + name + "'; accepted: tentative, realised");
          };
      JsonNode expected = gradients.isArray() ? golden.expected().path(name) : golden.expected();
      play.by(gradient).compare(comparison, expected);
    }
  }

  private static Horizon horizon(GoldenCase golden) {
    return Horizon.of((long) golden.number("T", golden.input().size()));
  }

  /** Prices whose gradient is divided by the scale of the case: none, numbers, or "rho". */
  private static ShadowPrices prices(GoldenCase golden, int resources) {
    JsonNode parameters = golden.parameters();
    var duals = DualParameters.duals(parameters, resources);
    if (golden.word("scale", "").equals("rho")) {
      return ShadowPrices.normalised(duals);
    }
    double[] scale = new double[resources];
    for (int j = 0; j < resources; j++) {
      scale[j] = DualParameters.number(parameters, "scale", j, 1);
    }
    return ShadowPrices.scaled(duals, scale);
  }

  private static void read(JsonNode given, Options options) {
    options.clear();
    for (JsonNode option : given) {
      options.add(option.path("reward").asDouble());
      long[] consumption = nanos(option.path("consumption"));
      for (int j = 0; j < consumption.length; j++) {
        options.consume(j, consumption[j]);
      }
    }
  }

  private static double[] multipliers(ShadowPrices prices) {
    double[] multipliers = new double[prices.resources()];
    for (int j = 0; j < multipliers.length; j++) {
      multipliers[j] = prices.multiplier(j);
    }
    return multipliers;
  }

  private static long[] offered(PersonalisedAssortment shop, int products) {
    long[] offered = new long[products];
    int size = 0;
    for (int i = 0; i < products; i++) {
      if (shop.isOffered(i)) {
        offered[size++] = i;
      }
    }
    return Arrays.copyOf(offered, size);
  }

  private static long[] nanos(JsonNode list) {
    double[] units = DualParameters.numbers(list);
    long[] nanos = new long[units.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = Math.round(units[i] * 1e9);
    }
    return nanos;
  }

  private static long[] wholes(JsonNode list) {
    long[] wholes = new long[list.size()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = list.get(i).asLong();
    }
    return wholes;
  }
}
