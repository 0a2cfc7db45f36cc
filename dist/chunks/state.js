// src/actions/state.ts
/**
* What main leaves for post: `needed` from the moment that main may have left something on the
* host, `done` when it has left nothing.
*/
const SWEEP = "sweep";
/** The operation of main. It tells post which inputs it needs. */
const OPERATION = "operation";
export { SWEEP as n, OPERATION as t };
