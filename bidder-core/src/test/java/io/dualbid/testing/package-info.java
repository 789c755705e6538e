/**
 * What the tests of every module share: fixed seeds for properties, and a limit of time for tests.
 *
 * <p>Found through {@code META-INF/services}, so no test names it.
 */
@NullMarked
package io.dualbid.testing;

import org.jspecify.annotations.NullMarked;
