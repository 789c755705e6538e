/**
 * Where ads may stand in generated content, and how they are marked. The content is Markdown as
 * CommonMark and GitHub's tables define it; offsets count UTF-16 units of the content as it came.
 *
 * <p>Begin with {@link io.dualbid.core.placement.text.Content}; {@link
 * io.dualbid.core.placement.text.SponsoredText} puts the ads in.
 */
@NullMarked
package io.dualbid.core.placement.text;

import org.jspecify.annotations.NullMarked;
