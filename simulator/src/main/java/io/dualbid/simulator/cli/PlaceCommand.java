package io.dualbid.simulator.cli;

import io.dualbid.core.placement.CascadeMethod;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.fit.Embedder;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.placement.fit.FitSettings;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.fit.HashedWords;
import io.dualbid.core.placement.fit.TextCreative;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.text.SponsoredLabel;
import io.dualbid.simulator.placement.ContentFile;
import io.dualbid.simulator.placement.ContentReader;
import io.dualbid.simulator.placement.Outcome;
import io.dualbid.simulator.placement.OutcomeJson;
import io.dualbid.simulator.placement.OutcomePage;
import io.dualbid.simulator.placement.OutcomeText;
import io.dualbid.simulator.placement.PlacementReader;
import io.dualbid.simulator.placement.SentenceModel;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One position auction. */
@Command(
    name = "place",
    description = {
      "Holds one position auction in generated content: which creatives stand where, what a click on"
          + " each costs and why, and what the others would have had to bid.",
      "FILE is Markdown, with --creatives; or JSON or YAML with content and creatives; or JSON or YAML"
          + " with positions and advertisers whose click weights are known.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid place config/placement/bread.md --creatives config/placement/creatives.yaml",
      "  dualbid place config/placement/mountains.md --creatives config/placement/creatives.yaml \\",
      "    --html mountains.html",
      "  dualbid place instance.json --model cascade --json",
    })
final class PlaceCommand implements Callable<Integer> {
  /** Least fit by each embedder: see docs/placement.md for how the first was found. */
  private static final double SENTENCE_MODEL_FLOOR = 0.32;

  private static final double WORDS_FLOOR = 0.1;
  private static final Pattern LEADING_TABS = Pattern.compile("(?m)^[ \\t]+");

  @Parameters(paramLabel = "FILE", description = "Content, or an instance.")
  private Path file = Path.of("");

  @Option(
      names = "--creatives",
      paramLabel = "FILE",
      description = "Creatives with id, text and bid (YAML or JSON).")
  private @Nullable Path creatives;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "How fit and position become clicks, as fit writes it (YAML).")
  private @Nullable Path weights;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "Users: mnl or cascade (default: as FILE says, else mnl).")
  private @Nullable String model;

  @Option(
      names = "--objective",
      paramLabel = "O",
      description =
          "welfare or revenue; for revenue creatives need a value_distribution (default: as FILE says,"
              + " else welfare).")
  private @Nullable String objective;

  @Option(
      names = "--cascade-rule",
      paramLabel = "R",
      description =
          "Rule for cascade users: by-size, optimum, or lottery, which shows each ad by a coin of its"
              + " own (default: by-size: the optimum where it can be found).")
  private String rule = "by-size";

  @Option(
      names = "--max-ads",
      paramLabel = "K",
      description = "Most ads (default: as FILE says; else 3 for content, all positions else).")
  private @Nullable Integer maxAds;

  @Option(
      names = "--min-distance",
      paramLabel = "N",
      description = "Least number of characters of the content between two ads (default: 200).")
  private @Nullable Integer minDistance;

  @Option(
      names = "--points",
      paramLabel = "P",
      description = "sentence or paragraph: after which of them ads may stand (default: sentence).")
  private @Nullable String points;

  @Option(
      names = "--floor",
      paramLabel = "F",
      description =
          "Least fit at which an ad may be shown, at any bid (default: 0.32 by the sentence model, 0.1"
              + " by words).")
  private @Nullable Double floor;

  @Option(
      names = "--embedder",
      paramLabel = "E",
      description =
          "What measures fit: sentence-model (all-MiniLM-L6-v2), or words (default: sentence-model).")
  private String embedder = "sentence-model";

  @Option(
      names = "--label",
      paramLabel = "WORD",
      description = "What ads are marked with (default: Sponsored).")
  private String label = "Sponsored";

  @Option(
      names = "--html",
      paramLabel = "OUT",
      description = "Write a page: the text as a reader sees it, the auction beside it.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireOneOf("--model", model, "mnl", "cascade");
    requireOneOf("--objective", objective, "welfare", "revenue");
    requireOneOf("--cascade-rule", rule, "by-size", "optimum", "lottery");
    requireOneOf("--points", points, "sentence", "paragraph");
    requireOneOf("--embedder", embedder, "sentence-model", "words");
    Outcome outcome;
    try {
      outcome = outcome();
    } catch (IllegalArgumentException e) {
      throw new WrongInput(file + ":1:1: found that " + e.getMessage(), e);
    }
    Path page = html;
    if (page != null) {
      Files.writeString(page, OutcomePage.of(file.getFileName().toString(), outcome));
    }
    System.out.print(json ? Summary.text(OutcomeJson.of(outcome)) + "\n" : OutcomeText.of(outcome));
    System.out.flush();
    return 0;
  }

  private Outcome outcome() throws IOException {
    String text = TextFile.read(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".md") || name.endsWith(".markdown") || name.endsWith(".txt")) {
      return ofContent(ContentFile.ofContent(text));
    }
    String tree = withoutTabs(text);
    return ContentReader.isContent(file.toString(), tree)
        ? ofContent(ContentReader.read(file.toString(), tree))
        : ofInstance(tree);
  }

  private Outcome ofInstance(String tree) {
    for (Object option : new @Nullable Object[] {creatives, weights, floor, points, minDistance}) {
      if (option != null) {
        throw new WrongInput(
            file
                + ": found positions, and one of --creatives, --weights, --floor, --points,"
                + " --min-distance; accepted: content with these, or positions without");
      }
    }
    boolean revenue =
        objective == null
            ? PlacementReader.seeksRevenue(file.toString(), tree)
            : objective.equals("revenue");
    PlacementInstance instance = PlacementReader.read(file.toString(), tree, model);
    if (maxAds != null) {
      Limits limits = instance.limits();
      instance =
          new PlacementInstance(
              instance.positions(),
              instance.ads(),
              new Limits(maxAds, limits.minDistance(), limits.fitFloor()),
              instance.user());
    }
    return held(instance, revenue, null);
  }

  private Outcome ofContent(ContentFile content) throws IOException {
    ContentFile all = options().orElse(read(weights)).orElse(content).orElse(read(creatives));
    String text = all.content();
    List<TextCreative> offered = all.creatives();
    if (text == null) {
      throw new WrongInput(file + ":1:1: found no 'content'; accepted: Markdown");
    }
    if (offered == null) {
      throw new WrongInput(
          file + ":1:1: found no creatives; accepted: --creatives FILE, with id, text and bid");
    }
    FitSettings settings =
        all.settings(embedder.equals("words") ? WORDS_FLOOR : SENTENCE_MODEL_FLOOR);
    Content parsed = Content.parse(text);
    FittedContent fitted =
        FittedContent.of(
            parsed, offered, settings, new FitModel(embedder(parsed, settings, offered)));
    return held(fitted.instance(), all.seeksRevenue(), fitted);
  }

  private Outcome held(
      PlacementInstance instance, boolean revenue, @Nullable FittedContent fitted) {
    return new Outcome(
        instance,
        PlacementAuction.explain(
            instance,
            revenue ? Objective.REVENUE : Objective.WELFARE,
            CascadeMethod.valueOf(rule.toUpperCase(Locale.ROOT).replace('-', '_'))),
        fitted,
        SponsoredLabel.of(label));
  }

  private ContentFile options() {
    return new ContentFile(
        null,
        null,
        model,
        objective,
        maxAds,
        minDistance,
        points == null ? null : Granularity.valueOf(points.toUpperCase(Locale.ROOT)),
        null,
        null,
        null,
        null,
        null,
        null,
        floor);
  }

  private static ContentFile read(@Nullable Path file) throws IOException {
    return file == null
        ? new ContentFile(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null)
        : ContentReader.read(file.toString(), withoutTabs(TextFile.read(file)));
  }

  /** The reader of YAML takes no tabs where JSON may have them: at the beginning of a line. */
  private static String withoutTabs(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return text;
    }
    return LEADING_TABS.matcher(text).replaceAll(leading -> " ".repeat(leading.group().length()));
  }

  private Embedder embedder(Content content, FitSettings settings, List<TextCreative> offered) {
    if (embedder.equals("sentence-model")) {
      return new SentenceModel();
    }
    List<String> corpus = new ArrayList<>();
    content
        .points(settings.granularity(), settings.minGap())
        .forEach(point -> corpus.add(content.context(point)));
    offered.forEach(creative -> corpus.add(creative.text()));
    return HashedWords.weighedBy(corpus);
  }

  private static void requireOneOf(String option, @Nullable String found, String... accepted) {
    if (found != null && !List.of(accepted).contains(found)) {
      throw new WrongInput(
          option + ": found '" + found + "'; accepted: " + String.join(", ", accepted));
    }
  }
}
