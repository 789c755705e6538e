package io.dualbid.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.browser.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The pages of replay, simulate and place in a real browser, in light and in dark. */
class ReportPageIT {
  private static @Nullable ChromeDriver browser;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static void run(String... args) throws Exception {
    Process process = new ProcessBuilder(command(args)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static List<String> command(String... args) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = System.getProperty("java.class.path");
    return Stream.concat(
            Stream.of(java.toString(), "-cp", path, "io.dualbid.simulator.cli.Main"),
            Arrays.stream(args))
        .toList();
  }

  @Test
  void showsAReplayToEveryone() throws Exception {
    String log = folder.resolve("auctions.csv.gz").toString();
    run("generate-log", "--rows", "4000", "--seed", "1", "--out", log);
    run(
        "replay",
        "--log",
        log,
        "--policy",
        "dmd,pid,throttling,dmd:mirror=euclidean",
        "--budget-fraction",
        "1/4,1/16",
        "--out",
        folder.toString());
    // Two plots over all, and of each budget spend, multiplier, participation, value and 4 of
    // prices.
    check(folder.resolve("report.html"), 2 + 2 * (3 + 4));
  }

  @Test
  void showsAnAllocationLogToEveryone() throws Exception {
    String log = folder.resolve("alloc.jsonl").toString();
    run("generate-allocations", "--rows", "2000", "--out", log);
    run(
        "replay",
        "--log",
        log,
        "--policy",
        "greedy,stochastic-balance,dmd",
        "--seeds",
        "3",
        "--out",
        folder.toString());
    // Shares, and of each policy the load of its campaigns.
    check(folder.resolve("report.html"), 1 + 3);
  }

  @Test
  void showsASimulationToEveryone() throws Exception {
    run(
        "simulate",
        "../config/scenarios/pacing-iid.yaml",
        "--seeds",
        "2",
        "--horizon",
        "200,800",
        "--out",
        folder.toString());
    check(folder.resolve("report.html"), 4);
  }

  @Test
  void showsAPositionAuctionToEveryone() throws Exception {
    Path page = folder.resolve("mountains.html");
    run(
        "place",
        "../config/placement/mountains.md",
        "--creatives",
        "../config/placement/creatives.yaml",
        "--html",
        page.toString());
    check(page, 1);
    ChromeDriver driver = Objects.requireNonNull(browser);
    List<WebElement> ads = driver.findElements(By.cssSelector(".reader .ad"));
    assertThat(ads)
        .hasSize(3)
        .allSatisfy(
            ad -> {
              assertThat(ad.isDisplayed()).isTrue();
              assertThat(ad.getText()).startsWith("SPONSORED");
            });
    // No ad stands within code, a list, a quote, a table or a heading.
    assertThat(
            driver.findElements(
                By.cssSelector(
                    ".reader :is(pre, code, ul, ol, blockquote, table, h2, h3, h4) .ad")))
        .isEmpty();
    ads.get(0).findElement(By.className("number")).click();
    assertThat(driver.getCurrentUrl()).endsWith("#why-1");
    assertThat(driver.findElements(By.cssSelector("#why-1:target"))).hasSize(1);
  }

  private static void check(Path page, int plots) throws IOException {
    ChromeDriver driver = browser;
    if (driver == null) {
      throw new IllegalStateException("no browser");
    }
    for (String theme : List.of("light", "dark")) {
      Browser.theme(driver, theme);
      // What the page before left in the logs is not this page's.
      driver.manage().logs().get(LogType.BROWSER);
      driver.manage().logs().get(LogType.PERFORMANCE);
      String address = page.toUri().toString();
      driver.get(address);
      Browser.followsTheTheme(driver, theme);
      drawsEveryPlot(driver, plots);
      asksNobody(driver, address);
      canBeUsedByKeyboard(driver);
      Browser.hasNoBarriers(driver);
      assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }
  }

  private static void drawsEveryPlot(ChromeDriver driver, int plots) {
    Object drawn =
        driver.executeScript(
            """
            return [...document.querySelectorAll('figure svg')].map(svg =>
              [...svg.querySelectorAll('path, rect, line, polyline, polygon, ellipse')]
                .filter(e => !e.closest('defs, clipPath'))
                .map(e => e.getBoundingClientRect())
                .filter(b => b.width > 20 || b.height > 20).length)
            """);
    assertThat(drawn)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(plots)
        .allSatisfy(shapes -> assertThat(((Number) shapes).longValue()).isGreaterThan(3));
    // Numbers of axes are not cut to nothing, and no text reaches out of its drawing.
    Object outside =
        driver.executeScript(
            """
            return [...document.querySelectorAll('figure svg')].flatMap(svg => {
              const own = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('text')].filter(t => {
                const box = t.getBoundingClientRect();
                return box.left < own.left - 1 || box.right > own.right + 1;
              }).map(t => t.textContent);
            })
            """);
    assertThat(outside).isEqualTo(List.of());
  }

  private static void asksNobody(ChromeDriver driver, String address) {
    Object entries =
        driver.executeScript("return performance.getEntriesByType('resource').map(e => e.name)");
    assertThat(entries).isEqualTo(List.of());
    List<String> requests = Browser.requests(driver);
    assertThat(requests).isNotEmpty().allSatisfy(told -> assertThat(told).contains(address));
  }

  private static void canBeUsedByKeyboard(ChromeDriver driver) {
    List<WebElement> tables = driver.findElements(By.cssSelector(".scroll"));
    assertThat(tables).isNotEmpty();
    for (WebElement summary : driver.findElements(By.tagName("summary"))) {
      summary.sendKeys(Keys.ENTER);
    }
    for (WebElement table : tables) {
      driver.executeScript("arguments[0].focus()", table);
      assertThat(driver.switchTo().activeElement()).isEqualTo(table);
    }
  }
}
