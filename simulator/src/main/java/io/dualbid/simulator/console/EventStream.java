package io.dualbid.simulator.console;

import io.dualbid.simulator.console.Board.Overview;
import io.dualbid.stream.http.BoundedHttpServer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventConnection.EventCallback;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one browser. Each tells how things stand; as long as the browser hasn't
 * taken one there is no next, so one that reads slowly gets less, and later, and holds up nobody.
 * What is remembered of it are the rows that it shows. Thread safe.
 */
final class EventStream implements EventCallback {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** Rows shown at most. */
  static final int MOST_ROWS = 200;

  private static final int LEAST_ROWS = 1;
  private static final int LONGEST_QUERY = 100;

  private final Board board;
  private final HttpServerExchange exchange;
  private final @Nullable String campaign;
  private final String query;
  private final int limit;
  private final Map<String, String> sent = new HashMap<>();
  private List<String> sentOrder = List.of();
  private String sentCampaign = "";
  private int sentSamples = -1;
  private volatile @Nullable ServerSentEventConnection browser;
  private volatile long writingSinceNanos;
  private volatile boolean writing;
  private volatile Set<String> shown = Set.of();

  /**
   * A stream to the browser that has sent a request, which may have the parameter {@code campaign}
   * for one campaign; else {@code q}, a part of ids or conditions, and {@code limit}, the most
   * rows.
   *
   * @throws IllegalArgumentException if a parameter is of no use
   */
  EventStream(Board board, HttpServerExchange exchange) {
    this.board = board;
    this.exchange = exchange;
    Map<String, String> parameters = Replies.parameters(exchange);
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

  /** Begins the answer, which has no end; the first event follows at once. */
  void open() throws Exception {
    Replies.headers(exchange);
    new ServerSentEventHandler((connection, unused) -> opened(connection)).handleRequest(exchange);
  }

  private void opened(ServerSentEventConnection connection) {
    BoundedHttpServer.lasting(exchange);
    browser = connection;
    // The rows first wanted are decoded by the next sweep; what is there is shown at once.
    exchange.getConnection().getWorker().execute(() -> tell(board.overview()));
  }

  /** Whether the browser is still there, as far as is known. */
  boolean isOpen() {
    return exchange.getConnection().isOpen();
  }

  /** Ends the stream if its browser has not taken an event for so long, and says whether it has. */
  boolean endIfStuck(long longestNanos) {
    boolean stuck = writing && System.nanoTime() - writingSinceNanos > longestNanos;
    if (stuck) {
      BoundedHttpServer.end(exchange);
    }
    return stuck;
  }

  /** Tells how things stand, unless the browser is not done with what it was told before. */
  synchronized void tell(Overview overview) {
    ServerSentEventConnection open = browser;
    if (open == null || writing) {
      return;
    }
    String id = campaign;
    try {
      String data = id == null ? list(overview) : campaign(overview, id);
      writingSinceNanos = System.nanoTime();
      writing = true;
      open.send(data, id == null ? "list" : "campaign", null, this);
    } catch (RuntimeException e) {
      LOG.error("an event could not be told; the browser asks again", e);
      BoundedHttpServer.end(exchange);
    }
  }

  /** Takes no lock: the caller holds that of the connection, which {@link #tell} takes later. */
  @Override
  public void done(ServerSentEventConnection connection, String data, String event, String id) {
    writing = false;
  }

  @Override
  public void failed(
      ServerSentEventConnection connection,
      String data,
      String event,
      String id,
      IOException failure) {
    LOG.debug("a browser has left", failure);
    BoundedHttpServer.end(exchange);
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
    return Documents.object(
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
        });
  }

  private boolean matches(CampaignView view) {
    return query.isEmpty()
        || view.id().toLowerCase(Locale.ROOT).contains(query)
        || view.condition().label().contains(query);
  }

  private String campaign(Overview overview, String id) {
    CampaignView view = board.find(id);
    if (view == null) {
      return Documents.object(out -> Documents.totals(out, overview, 0));
    }
    String document = Documents.campaign(view);
    int samples = view.snapshot().samples();
    boolean news = !document.equals(sentCampaign);
    boolean longer = samples != sentSamples;
    sentCampaign = document;
    sentSamples = samples;
    return Documents.object(
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
        });
  }
}
