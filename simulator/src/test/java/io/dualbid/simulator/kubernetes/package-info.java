/** The manifests of {@code config/kubernetes} against the published models of what they declare. */
@NullMarked
package io.dualbid.simulator.kubernetes;

import org.jspecify.annotations.NullMarked;
