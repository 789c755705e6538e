package io.dualbid.simulator.cli;

import org.jspecify.annotations.Nullable;

/** An input or option that the user can mend; the message says what was found and is accepted. */
final class WrongInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongInput(@Nullable String message) {
    super(message);
  }

  WrongInput(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
