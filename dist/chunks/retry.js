import { setTimeout } from "node:timers/promises";
// src/retry.ts
/**
* Tries until it succeeds, or until another attempt makes no sense. The pauses are an argument, so
* that a test need not wait.
*/
async function retry(attempt, { pauses, mayPass, onPause, signal }) {
	const left = pauses[Symbol.iterator]();
	for (;;) try {
		return await attempt();
	} catch (error) {
		const next = mayPass(error) ? left.next() : void 0;
		if (!next || next.done) throw error;
		onPause?.(error, next.value);
		await setTimeout(next.value * 1e3, void 0, { signal }).catch(() => signal?.throwIfAborted());
	}
}
/** Seconds without an end: each pause is twice as long as the one before it, up to the longest. */
function* doubling(first, longest) {
	for (let pause = first;; pause = Math.min(2 * pause, longest)) yield pause;
}
export { retry as n, doubling as t };
