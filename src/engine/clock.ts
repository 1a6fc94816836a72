// Invariant: time is asked for here and nowhere else in the engine, so that tests can set it.

/** Wall clock and monotonic clock. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go backwards; comparable within one process only. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};
