/** What main tells post: `needed` from the moment it may have left something on the host, `done` when it has not. */
export const SWEEP = "sweep";

/** What main did: by that post knows which inputs it needs. */
export const OPERATION = "operation";
