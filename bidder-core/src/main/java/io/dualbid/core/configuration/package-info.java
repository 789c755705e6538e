/**
 * YAML to typed configuration: every problem of a file told at once, with line and column, what was
 * found and what would be accepted.
 *
 * <p>Begin with {@link io.dualbid.core.configuration.Configurations}, which reads whole files. The
 * JSON Schemas, which editors use too, check names, types and ranges; {@link
 * io.dualbid.core.configuration.EngineReader} and {@link
 * io.dualbid.core.configuration.CampaignReader} check what a schema can't say.
 */
@NullMarked
package io.dualbid.core.configuration;

import org.jspecify.annotations.NullMarked;
