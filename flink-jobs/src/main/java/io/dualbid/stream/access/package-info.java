/**
 * Who may do what with the topics: one source for those who grant it and for those who check it.
 */
@NullMarked
package io.dualbid.stream.access;

import org.jspecify.annotations.NullMarked;
