// src/actions/state.ts
/** What main tells post: `needed` from the moment it may have left something on the host, `done` when it has not. */
const SWEEP = "sweep";
export { SWEEP as t };
