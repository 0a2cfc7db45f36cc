import { t as __commonJSMin } from "./rolldown-runtime.js";
// \0absent-native
var require__absent_native = /* @__PURE__ */ __commonJSMin((() => {
	throw Object.assign(/* @__PURE__ */ new Error("left out of the bundle"), { code: "MODULE_NOT_FOUND" });
}));
export { require__absent_native as t };
