/**
 * Between the bytes of the topics and the records of the domain. Decoders never throw: what can't
 * be read is told in words, for the dead-letter topic. Fields that nobody here knows are skipped.
 *
 * <p>Begin with {@link io.dualbid.stream.codec.BidRequestDecoder} for OpenRTB requests and {@link
 * io.dualbid.stream.codec.JournalDecoder} for everything that pacing folds. {@code docs/topics.md}
 * shows one record of each kind.
 */
@NullMarked
package io.dualbid.stream.codec;

import org.jspecify.annotations.NullMarked;
