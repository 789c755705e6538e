package io.dualbid.simulator.report;

/** A drawing with a name, for a page or as a file of its own. */
public sealed interface Figure permits Plot, BarChart {
  /** Its name among the drawings of a page. */
  String name();

  /** What it shows. */
  String title();

  /** The drawing within a page, which defines the colours. */
  String svg();

  /** The drawing as a file of its own. */
  default String file() {
    return SvgTheme.standalone(svg());
  }
}
