package io.dualbid.core.dual;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The shadow price of one constraint: a multiplier moved by mirror descent, with the memory that
 * its step size needs.
 *
 * <p>The gradient is planned less actual consumption of a slot, usually divided by the plan, so
 * that the step size is a pure number. Slots in which nothing was consumed need no step of their
 * own: all three maps collapse a run of idle slots into one step with the sum of their gradients
 * (exact for equal step sizes and an inactive clip), which is how {@link #advance} catches up.
 *
 * <p>O(1), no allocation; not thread safe.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023"
 */
public final class DualVariable {
  private final MirrorMap map;
  private final StepSize stepSize;
  private double multiplier;
  private long slots;
  private double sumOfSquares;
  private long faults;

  /**
   * A variable at its start.
   *
   * @param start the first multiplier; brought within the bounds of the map
   */
  public DualVariable(MirrorMap map, StepSize stepSize, double start) {
    if (Double.isNaN(start)) {
      throw new IllegalArgumentException("the first multiplier must be a number");
    }
    this.map = map;
    this.stepSize = stepSize;
    this.multiplier = map.clamp(start);
  }

  /** The current multiplier. */
  public double multiplier() {
    return multiplier;
  }

  /** Number of slots stepped over. */
  public long slots() {
    return slots;
  }

  /** Number of gradients that were not a number and had no effect. */
  public long faults() {
    return faults;
  }

  /** Sum of the squared gradients seen. */
  public double sumOfSquares() {
    return sumOfSquares;
  }

  /** One slot with this gradient. */
  public void step(double gradient) {
    advance(gradient, gradient * gradient, 1, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * Several slots at once.
   *
   * @param gradient sum of their gradients
   * @param squares sum of their squares
   * @param count number of slots, at least 1
   * @param lowest lower bound on the step size, at least 0
   * @param highest upper bound on the step size; wins over {@code lowest}
   */
  public void advance(double gradient, double squares, long count, double lowest, double highest) {
    if (Double.isNaN(gradient) || Double.isNaN(squares)) {
      faults++;
      return;
    }
    slots += count;
    sumOfSquares = Math.min(Double.MAX_VALUE, sumOfSquares + squares);
    double size = Math.min(highest, Math.max(lowest, stepSize.at(slots, sumOfSquares)));
    multiplier = map.step(multiplier, size * gradient);
  }

  /** The same state under another map and step size. */
  public DualVariable under(MirrorMap newMap, StepSize newStepSize) {
    DualVariable variable = new DualVariable(newMap, newStepSize, multiplier);
    variable.slots = slots;
    variable.sumOfSquares = sumOfSquares;
    variable.faults = faults;
    return variable;
  }

  /** Writes the state, without map and step size, which are configuration. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(multiplier);
    out.writeLong(slots);
    out.writeDouble(sumOfSquares);
    out.writeLong(faults);
  }

  /** Reads what {@link #write} wrote, under a map and step size that may have changed since. */
  public static DualVariable read(MirrorMap map, StepSize stepSize, DataInput in)
      throws IOException {
    DualVariable variable = new DualVariable(map, stepSize, in.readDouble());
    variable.slots = in.readLong();
    variable.sumOfSquares = in.readDouble();
    variable.faults = in.readLong();
    return variable;
  }
}
