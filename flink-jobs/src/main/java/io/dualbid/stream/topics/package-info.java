/** The topics of the engine: their settings, and how they are made or checked. */
@NullMarked
package io.dualbid.stream.topics;

import org.jspecify.annotations.NullMarked;
