package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.CampaignFold;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.simulator.browser.Browser;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.play.GeneratedCampaigns;
import io.dualbid.simulator.play.Play;
import io.dualbid.simulator.play.Sample;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.topics.TopicSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The live page of a running engine in a real browser, against the audit of its journal. */
class ConsolePageIT {
  private static final int CAMPAIGNS = 8;
  private static final double RATE = 300;
  private static final long REQUESTS = 24_000;
  private static final long PATIENCE_MILLIS = 60_000;

  /** Longer than bids may come after a pause, and so long that they would be seen. */
  private static final long PAUSE_MILLIS = 4_000;

  private static final Path SHOTS = Path.of("target", "console");

  private static @Nullable ChromeDriver browser;
  private static @Nullable EmbeddedBroker broker;
  private static @Nullable EmbeddedCluster cluster;
  private static @Nullable EngineConfig engine;
  private static @Nullable ConsoleServer console;

  /** Tells nobody. */
  private static final class Silent implements Play.Progress {
    @Override
    public void say(String text) {}

    @Override
    public void sample(Sample sample) {}
  }

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    EmbeddedBroker ownBroker = new EmbeddedBroker();
    broker = ownBroker;
    EngineConfig config =
        Configurations.engine(
            "test",
            """
            kafka:
              bootstrap: %s
              create-topics: { partitions: 2 }
            bidding: { default-tmax: 1s, frequency-counters: 16384, parallelism: 1 }
            pacing: { period: 50ms, parallelism: 1, win-window: 5s }
            """
                .formatted(ownBroker.bootstrap()),
            name -> null);
    engine = config;
    TopicSetup.ensure(KafkaClients.of(config), config);
    EmbeddedCluster ownCluster = new EmbeddedCluster(2);
    cluster = ownCluster;
    StreamExecutionEnvironment pacing = new StreamExecutionEnvironment();
    PacingJob.build(pacing, config);
    ownCluster.submit(pacing, "pacing");
    StreamExecutionEnvironment bidding = new StreamExecutionEnvironment();
    BiddingJob.build(bidding, config);
    ownCluster.submit(bidding, "bidding");
    console = ConsoleServer.start(config, ConsoleServer.Settings.local(0));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (console != null) {
      console.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static ChromeDriver driver() {
    return Objects.requireNonNull(browser);
  }

  private static Scenario scenario() {
    return new Scenario(
        "generated",
        () -> new GeneratedWorld(Landscape.DISPLAY, 7, REQUESTS),
        (start, end) -> GeneratedCampaigns.of(CAMPAIGNS, 0.7, 7, start, end),
        REQUESTS,
        RATE,
        Delays.SHORT,
        7);
  }

  private static void await(String what, BooleanSupplier reached) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!reached.getAsBoolean()) {
      assertThat(System.currentTimeMillis())
          .as("waiting until %s; shown are %s %s", what, text("#campaign-line"), text("#told"))
          .isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static String text(String selector) {
    // Rows come and go while they are read.
    Object text =
        driver()
            .executeScript(
                "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''",
                selector);
    return String.valueOf(text);
  }

  private static long whole(String selector) {
    String digits = text(selector).replace("\u00a0", "").replace(" ", "");
    return digits.matches("[0-9]+") ? Long.parseLong(digits) : -1;
  }

  private static String inRow(String campaign, String part) {
    return "tr[data-campaign='" + campaign + "'] " + part;
  }

  private static void show(String hash) {
    driver().executeScript("location.hash = arguments[0]", hash);
  }

  @Test
  void showsAPlayAsTheAuditTellsIt() throws Exception {
    ChromeDriver driver = driver();
    EngineConfig config = Objects.requireNonNull(engine);
    String address = Objects.requireNonNull(console).address();
    CompletableFuture<Play.Result> play = new CompletableFuture<>();
    Thread player =
        new Thread(
            () -> {
              try {
                play.complete(new Play(config, scenario(), new Silent(), () -> -1, 0).run());
              } catch (IOException | InterruptedException | RuntimeException e) {
                play.completeExceptionally(e);
              }
            },
            "player");
    player.start();

    Browser.size(driver, 1200, 900);
    driver.get(address);
    await(
        "all campaigns are shown",
        () -> driver.findElements(By.cssSelector("#rows tr")).size() == CAMPAIGNS);
    await("something is won", () -> whole("#total-wins") > 100);
    long pausedMillis = pausesAndResumes();
    show("#/");
    await("the list is back", () -> driver.findElements(By.cssSelector("#rows tr")).size() > 1);
    looksWell("list");
    findsByTyping();
    opensByKeyboard();
    await(
        "its charts are drawn",
        () -> driver.findElements(By.cssSelector("#charts svg")).size() >= 4);
    looksWell("campaign");

    Play.Result result = play.get(PATIENCE_MILLIS + 60_000, TimeUnit.MILLISECONDS);
    assertThat(result.audit().isOk()).as("%s", result.audit().differences()).isTrue();
    AuditReport audit = Audit.of(config);
    findsAll();
    for (CampaignFold fold : audit.campaigns().values()) {
      tellsWhatTheAuditTells(fold);
    }
    assertThat(lastBidOfThePause(config, pausedMillis) - pausedMillis)
        .as("ms from the pause to the last bid before bidding was resumed")
        .isLessThan(2_000);
    asksOnlyTheConsole(address);
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  /** In light, in dark and as narrow as a phone; nothing reaches out of the page to the side. */
  private static void looksWell(String view) throws IOException {
    ChromeDriver driver = driver();
    for (String theme : List.of("light", "dark")) {
      Browser.theme(driver, theme);
      Browser.followsTheTheme(driver, theme);
      Browser.hasNoBarriers(driver);
      Browser.screenshot(driver, SHOTS.resolve(view + "-" + theme + ".png"));
    }
    Browser.theme(driver, "light");
    Browser.size(driver, 390, 844);
    Object overflow =
        driver.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(((Number) Objects.requireNonNull(overflow)).longValue()).isZero();
    Browser.hasNoBarriers(driver);
    Browser.screenshot(driver, SHOTS.resolve(view + "-390.png"));
    Browser.size(driver, 1200, 900);
  }

  private static void findsByTyping() throws InterruptedException {
    ChromeDriver driver = driver();
    driver.findElement(By.id("find")).sendKeys("paign-03");
    await(
        "one campaign is left",
        () ->
            driver.findElements(By.cssSelector("#rows tr")).size() == 1
                && text("#found").equals("1 found"));
    assertThat(text("#rows th")).isEqualTo("campaign-03");
  }

  private static void findsAll() throws InterruptedException {
    show("#/");
    driver()
        .executeScript(
            "const e = document.getElementById('find'); e.value = '';"
                + " e.dispatchEvent(new Event('input'))");
    await(
        "all campaigns are shown",
        () -> driver().findElements(By.cssSelector("#rows tr")).size() == CAMPAIGNS);
  }

  private static void opensByKeyboard() throws InterruptedException {
    driver().switchTo().activeElement().sendKeys(Keys.TAB);
    driver().switchTo().activeElement().sendKeys(Keys.TAB);
    assertThat(driver().switchTo().activeElement().getText()).isEqualTo("campaign-03");
    driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    await("it is opened", () -> text("#campaign-title").equals("campaign-03"));
    assertThat(driver().switchTo().activeElement().getDomAttribute("id"))
        .isEqualTo("campaign-title");
  }

  /** Opens a campaign, pauses it, sees it paused, and resumes it; says when it was paused. */
  private static long pausesAndResumes() throws InterruptedException, IOException {
    ChromeDriver driver = driver();
    show("#/campaign/campaign-03");
    await("it can be paused", () -> driver.findElement(By.id("pause")).isDisplayed());
    await(
        "it is explained on the last requests",
        () -> {
          driver.findElement(By.id("explain")).click();
          return text("#requests").matches("(?s).*(bid [0-9.]+ CPM.*multiplier|no-candidate: ).*");
        });
    driver.findElement(By.id("pause")).click();
    // Without the token it is asked for, and nothing else happens.
    driver.findElement(By.id("token")).sendKeys(Objects.requireNonNull(console).token());
    driver.findElement(By.cssSelector("#token-dialog button[value=use]")).click();
    await("the campaign is shown again", () -> driver.findElement(By.id("pause")).isDisplayed());
    tellsWhatIsWrongWithEachValue();
    driver.findElement(By.id("pause")).click();
    driver.findElement(By.id("author")).clear();
    driver.findElement(By.id("author")).sendKeys("anna");
    driver.findElement(By.id("reason")).sendKeys("creative is being replaced");
    driver.findElement(By.id("change-do")).click();
    await("it is published", () -> text("#told").startsWith("published as version"));
    long paused = System.currentTimeMillis();
    await("it is shown as paused", () -> text("#campaign-line .badge").equals("paused"));
    await("its history tells why", () -> text("#history").contains("creative is being replaced"));
    await("it can be resumed", () -> driver.findElement(By.id("resume")).isDisplayed());
    Thread.sleep(PAUSE_MILLIS);
    driver.findElement(By.id("resume")).click();
    driver.findElement(By.id("reason")).sendKeys("it is there");
    driver.findElement(By.id("change-do")).click();
    await("it goes on", () -> !text("#campaign-line .badge").equals("paused"));
    return paused;
  }

  /** Each wrong value is told in the dialog, which stays open; nothing of it is published. */
  private static void tellsWhatIsWrongWithEachValue() throws InterruptedException, IOException {
    ChromeDriver driver = driver();
    await(
        "its budget can be changed",
        () -> driver.findElement(By.id("change-budget")).isDisplayed());
    driver.findElement(By.id("change-budget")).click();
    for (String field : List.of("budget", "author", "reason")) {
      assertThat(driver.findElement(By.id(field)).getDomAttribute("required")).isNotNull();
      assertThat(text("label[for='" + field + "']")).contains("required");
    }
    String accepted = "; accepted: an amount above 0 with at most 9 decimals";
    for (String budget : List.of("", " ", "abc", "-5", "0", "1,5", "0.0000000001", "1e40")) {
      refuses(budget, "anna", "more", "budget", "found the budget '" + budget + "'" + accepted);
    }
    String texts = "; accepted: a text of 1 to 500 characters";
    refuses("5", "", "more", "author", "found no usable 'author'" + texts);
    refuses("5", " ", "more", "author", "found no usable 'author'" + texts);
    refuses("5", "a".repeat(501), "more", "author", "found no usable 'author'" + texts);
    refuses("5", "anna", "", "reason", "found no usable 'reason'" + texts);
    refuses("5", "anna", "r".repeat(501), "reason", "found no usable 'reason'" + texts);
    refuses("5", "anna", "r".repeat(9_000), "", "found a change of more than 8192 bytes");
    Browser.hasNoBarriers(driver);
    driver.findElement(By.cssSelector("#change-dialog button[value=cancel]")).click();
    await("it is closed", () -> !driver.findElement(By.id("change-dialog")).isDisplayed());
    assertThat(text("#told")).isEmpty();
    assertThat(text("#history")).doesNotContain("more");
    // The browser notes each refusal; whatever else it notes is looked at in the end.
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
        .allSatisfy(note -> assertThat(note.getMessage()).containsPattern("status of 4(00|13)"));
  }

  private static void refuses(
      String budget, String author, String reason, String field, String problem)
      throws InterruptedException {
    put("budget", budget);
    put("author", author);
    put("reason", reason);
    driver().findElement(By.id("change-do")).click();
    await(
        "it is told that " + problem,
        () -> text("#change-problem").startsWith(problem) && whetherInvalid().equals(field));
    assertThat(driver().findElement(By.id("change-dialog")).isDisplayed()).isTrue();
    assertThat(driver().findElement(By.id("change-problem")).isDisplayed()).isTrue();
  }

  /** Also what a browser would not let anybody type. */
  private static void put(String field, String value) {
    driver()
        .executeScript("document.getElementById(arguments[0]).value = arguments[1]", field, value);
  }

  private static String whetherInvalid() {
    return String.valueOf(
        driver()
            .executeScript(
                "return [...document.querySelectorAll('[aria-invalid=true]')].map(e => e.id).join()"));
  }

  /** When the paused campaign bid last while it was paused, in ms since the epoch. */
  private static long lastBidOfThePause(EngineConfig config, long pausedMillis) {
    JournalDecoder decoder = new JournalDecoder(config.kafka().topics());
    long[] last = {0};
    TopicScan.read(
        KafkaClients.of(config),
        config.kafka().topics().bids(),
        raw -> {
          if (decoder.decode(raw) instanceof Issued issued
              && issued.bid().campaign().equals("campaign-03")
              && issued.bid().decidedMillis() < pausedMillis + PAUSE_MILLIS) {
            last[0] = Math.max(last[0], issued.bid().decidedMillis());
          }
        });
    return last[0];
  }

  private static void tellsWhatTheAuditTells(CampaignFold fold) throws InterruptedException {
    PacingUpdate published = Objects.requireNonNull(fold.published());
    String spent = Money.format(fold.spentNanos());
    show("#/campaign/" + fold.id());
    await(
        fold.id() + " has ended with " + spent,
        () ->
            text("#campaign-line .badge").equals("ended")
                && text("#campaign-title").equals(fold.id())
                && text(".ledger-spent").equals(spent));
    assertThat(text(".ledger-reserved")).isEqualTo("0");
    assertThat(text(".ledger-leased")).isEqualTo("0");
    assertThat(text(".ledger-budget")).isEqualTo(Money.format(published.ledger().budgetNanos()));
    assertThat(text(".ledger-left"))
        .isEqualTo(Money.format(published.ledger().budgetNanos() - fold.spentNanos()));
    assertThat(whole(".count-bids")).isEqualTo(fold.bids());
    assertThat(whole(".count-wins")).isEqualTo(fold.wins());
    assertThat(whole(".count-clicks")).isEqualTo(fold.clicks());
    assertThat(whole(".count-conversions")).isEqualTo(fold.conversions());
    assertThat(whole(".count-losses") + whole(".count-expired"))
        .isEqualTo(fold.bids() - fold.wins());
    show("#/");
    await(
        fold.id() + " is in the list", () -> text(inRow(fold.id(), ".condition")).equals("ended"));
    Object exact =
        driver()
            .executeScript(
                "return document.querySelector(arguments[0]).title", inRow(fold.id(), ".spent"));
    assertThat(exact).isEqualTo(spent);
  }

  private static void asksOnlyTheConsole(String address) {
    assertThat(Browser.requests(driver()))
        .isNotEmpty()
        .allSatisfy(told -> assertThat(told).contains("\"url\":\"" + address));
  }
}
