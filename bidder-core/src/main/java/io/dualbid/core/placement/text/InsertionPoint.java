package io.dualbid.core.placement.text;

/**
 * A place between two characters where an ad may stand.
 *
 * @param offset UTF-16 units of the content before it
 * @param endsParagraph whether a paragraph ends here: the ad becomes a paragraph of its own, else a
 *     sentence of its own
 */
public record InsertionPoint(int offset, boolean endsParagraph) {}
