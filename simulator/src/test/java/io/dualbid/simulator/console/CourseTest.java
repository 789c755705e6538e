package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseTest {
  @Test
  void takesASampleASecondAtFirst() {
    Course course = new Course();
    for (int i = 0; i < 40; i++) {
      course.add(Updates.active("a", Updates.START + 250L * i, i, i, i));
    }
    assertThat(course.size()).isEqualTo(10);
    assertThat(course.timeMillis(3) - course.timeMillis(2)).isEqualTo(1_000);
    assertThat(course.spentNanos(3)).isEqualTo(12);
  }

  @Test
  void reachesBackToItsBeginningHoweverLongItGets() {
    Course course = new Course();
    int seconds = 100_000;
    for (int i = 0; i <= seconds; i++) {
      course.add(Updates.active("a", Updates.START + 1_000L * i, 10L * i, 20L * i, 2L * i));
    }
    assertThat(course.size()).isBetween(Course.CAPACITY / 2, Course.CAPACITY);
    assertThat(course.timeMillis(0)).isEqualTo(Updates.START);
    long last = course.timeMillis(course.size() - 1);
    // The last sample is at most one interval old, which is the whole time over half the samples.
    assertThat(Updates.START + 1_000L * seconds - last)
        .isLessThan(2 * 1_000L * seconds / Course.CAPACITY * 2);
    for (int i = 1; i < course.size(); i++) {
      assertThat(course.timeMillis(i)).isGreaterThan(course.timeMillis(i - 1));
      // Prices stay means over all wins between two samples, however many were dropped.
      assertThat(course.clearingPriceNanos(i)).isEqualTo(5);
    }
    assertThat(course.recentPace()).isEqualTo(0.5);
  }

  @Test
  void knowsNoPriceWithoutWins() {
    Course course = new Course();
    course.add(Updates.active("a", Updates.START, 5, 5, 1));
    course.add(Updates.active("a", Updates.START + 1_000, 5, 5, 1));
    assertThat(course.clearingPriceNanos(0)).isNaN();
    assertThat(course.clearingPriceNanos(1)).isNaN();
    assertThat(course.lastWinMillis()).isEqualTo(Updates.START);
  }
}
