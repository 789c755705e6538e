package io.dualbid.simulator.log;

/**
 * A log that can't be read at all, or not any further; the message says where, what was found and
 * what is accepted.
 */
public final class WrongLog extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WrongLog(String message) {
    super(message);
  }

  WrongLog(String message, Throwable cause) {
    super(message, cause);
  }
}
