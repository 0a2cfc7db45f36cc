// src/clock.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	seconds: () => performance.now() / 1e3
};
export { systemClock as t };
