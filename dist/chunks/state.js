// src/actions/state.ts
/** What main tells post: `needed` from the moment it may have left something on the host, `done` when it has not. */
const SWEEP = "sweep";
/** What main did: by that post knows which inputs it needs. */
const OPERATION = "operation";
export { SWEEP as n, OPERATION as t };
