package io.dualbid.simulator.console;

import com.sun.net.httpserver.HttpExchange;
import io.dualbid.simulator.console.Board.Overview;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one browser, written in the browser's own thread. It sends how things stand
 * when it comes to writing, so a browser that reads slowly gets less, and later, and holds up
 * nobody; what is remembered of it are the rows that it shows.
 */
final class EventStream {
  /** Rows shown at most. */
  static final int MOST_ROWS = 200;

  private static final int LEAST_ROWS = 1;
  private static final int LONGEST_QUERY = 100;

  /** Something is written at least so often, so that a browser that is gone is noticed. */
  private static final long LONGEST_QUIET_MILLIS = 10_000;

  private final Board board;
  private final @Nullable String campaign;
  private final String query;
  private final int limit;
  private final Thread thread = Thread.currentThread();
  private final Map<String, String> sent = new HashMap<>();
  private List<String> sentOrder = List.of();
  private String sentCampaign = "";
  private int sentSamples = -1;
  private volatile Set<String> shown = Set.of();
  private volatile long writingSinceNanos;
  private volatile boolean writing;

  /**
   * A stream to the browser whose request the calling thread handles.
   *
   * @param parameters {@code campaign} for one campaign; else {@code q}, a part of ids or
   *     conditions, and {@code limit}, the most rows
   */
  EventStream(Board board, Map<String, String> parameters) {
    this.board = board;
    campaign = parameters.get("campaign");
    String asked = parameters.getOrDefault("q", "").strip().toLowerCase(Locale.ROOT);
    query = asked.substring(0, Math.min(LONGEST_QUERY, asked.length()));
    limit = limit(parameters.getOrDefault("limit", "25"));
    shown = campaign == null ? Set.of() : Set.of(campaign);
  }

  private static int limit(String text) {
    try {
      return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("limit: found '" + text + "'; accepted: 1 to 200", e);
    }
  }

  /** Ids of what the browser shows. */
  Set<String> shown() {
    return shown;
  }

  /** Ends the stream if its browser has taken nothing for so long. */
  void endIfStuck(long longestNanos) {
    if (writing && System.nanoTime() - writingSinceNanos > longestNanos) {
      thread.interrupt();
    }
  }

  /** Ends the stream. */
  void end() {
    thread.interrupt();
  }

  /** Writes events until the browser leaves or {@link #end} is called. */
  void run(HttpExchange exchange) throws IOException {
    Replies.headers(exchange);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      Overview overview = board.overview();
      // The rows first wanted are decoded by the next sweep; what is there is shown at once.
      write(body, event(overview));
      while (true) {
        long version = overview.version();
        overview = board.awaitNewer(version, LONGEST_QUIET_MILLIS);
        write(body, overview.version() == version ? ": still here\n\n" : event(overview));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(OutputStream body, String text) throws IOException {
    writingSinceNanos = System.nanoTime();
    writing = true;
    body.write(text.getBytes(StandardCharsets.UTF_8));
    body.flush();
    writing = false;
  }

  private String event(Overview overview) {
    String id = campaign;
    return id == null ? list(overview) : campaign(overview, id);
  }

  private String list(Overview overview) {
    List<CampaignView> rows = new ArrayList<>();
    int matching = 0;
    for (CampaignView view : overview.campaigns()) {
      if (matches(view)) {
        matching++;
        if (rows.size() < limit) {
          rows.add(view);
        }
      }
    }
    List<String> order = rows.stream().map(CampaignView::id).toList();
    shown = Set.copyOf(order);
    sent.keySet().retainAll(shown);
    List<String> changed = new ArrayList<>();
    for (CampaignView view : rows) {
      String row = Documents.row(view);
      if (!row.equals(sent.put(view.id(), row))) {
        changed.add(row);
      }
    }
    boolean reordered = !order.equals(sentOrder);
    sentOrder = order;
    int count = matching;
    return event(
        "list",
        Documents.object(
            out -> {
              Documents.totals(out, overview, count);
              if (reordered) {
                out.writeArrayFieldStart("order");
                for (String id : order) {
                  out.writeString(id);
                }
                out.writeEndArray();
              }
              out.writeFieldName("rows");
              out.writeRawValue("[" + String.join(",", changed) + "]");
            }));
  }

  private boolean matches(CampaignView view) {
    return query.isEmpty()
        || view.id().toLowerCase(Locale.ROOT).contains(query)
        || view.condition().label().contains(query);
  }

  private String campaign(Overview overview, String id) {
    CampaignView view = board.find(id);
    if (view == null) {
      return event("campaign", Documents.object(out -> Documents.totals(out, overview, 0)));
    }
    String document = Documents.campaign(view);
    int samples = view.snapshot().samples();
    boolean news = !document.equals(sentCampaign);
    boolean longer = samples != sentSamples;
    sentCampaign = document;
    sentSamples = samples;
    return event(
        "campaign",
        Documents.object(
            out -> {
              Documents.totals(out, overview, 1);
              if (news) {
                out.writeFieldName("campaign");
                out.writeRawValue(document);
              }
              if (longer) {
                out.writeFieldName("course");
                out.writeRawValue(Documents.course(view));
              }
            }));
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
