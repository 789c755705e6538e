package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SettlementTotalsTest {
  @Test
  void theSumOfValuesStaysANumber() throws IOException {
    SettlementTotals totals = new SettlementTotals();
    totals.addValue(2);
    totals.addValue(0.5);
    assertThat(totals.value()).isEqualTo(2.5);
    totals.addValue(Double.NaN);
    assertThat(totals.value()).isEqualTo(2.5);
    totals.addValue(1e308);
    totals.addValue(Double.POSITIVE_INFINITY);
    assertThat(totals.value()).isEqualTo(1e30);
    assertThat(restored(totals).value()).isEqualTo(1e30);
    totals.addValue(Double.NEGATIVE_INFINITY);
    assertThat(totals.value()).isEqualTo(-1e30);
  }

  /** State of before may hold an infinite sum. */
  @Test
  void readsASumThatIsNone() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int i = 0; i < 13; i++) {
      out.writeLong(i);
    }
    out.writeDouble(Double.POSITIVE_INFINITY);
    out.writeLong(14);
    out.writeLong(15);
    SettlementTotals read = read(bytes.toByteArray());
    assertThat(read.value()).isEqualTo(1e30);
    assertThat(read.bids()).isZero();
    assertThat(read.corrections()).isEqualTo(15);
  }

  private static SettlementTotals restored(SettlementTotals totals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    totals.write(new DataOutputStream(bytes));
    return read(bytes.toByteArray());
  }

  private static SettlementTotals read(byte[] bytes) throws IOException {
    return SettlementTotals.read(
        Settlement.TIMED_IDS_FORMAT, new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
