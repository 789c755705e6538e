package io.dualbid.simulator.report;

import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.VerticalAlignment;

/** Entries of a legend one below the other: names of policies are long. */
final class StackedBlocks extends ColumnArrangement {
  private static final long serialVersionUID = 1L;

  StackedBlocks() {
    super(HorizontalAlignment.LEFT, VerticalAlignment.TOP, 0, 2);
  }
}
