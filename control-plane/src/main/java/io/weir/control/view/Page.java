package io.weir.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next opaque cursor of the page after this one; null on the last
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String next) {}
