/**
 * What operators watch with: dashboards and alert rules against a scrape and against the runbook.
 */
@NullMarked
package io.dualbid.simulator.operations;

import org.jspecify.annotations.NullMarked;
