/** Pages in a real browser. */
@NullMarked
package io.dualbid.simulator.browser;

import org.jspecify.annotations.NullMarked;
