import { a as Failed } from "./secret.js";
import { i as passed, n as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { a as inContainer, i as and, o as program } from "./shell.js";
import { A as FILESTORE_KINDS, D as ownByNoExtension, E as literal$1, O as qualified, T as identifier, _ as Session, b as makeFolder, k as userSchema, m as EXTENSIONS_QUERY, v as firstValue, y as freeSpace } from "./run.js";
// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}
// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodRealError = /* @__PURE__ */ $constructor("$ZodError", initializer, void 0, { Parent: Error });
// node_modules/zod/v4/core/parse.js
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parse = /* @__PURE__*/ _parse($ZodRealError);
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const parseAsync = /* @__PURE__*/ _parseAsync($ZodRealError);
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParse = /* @__PURE__*/ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const safeParseAsync = /* @__PURE__*/ _safeParseAsync($ZodRealError);
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function datetime$1(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const number = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
// node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
// node_modules/zod/v4/core/versions.js
const version = {
	major: 4,
	minor: 6,
	patch: 7
};
// node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject$1 = isObject;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
globalThis.__zod_globalRegistry;
// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _nonnegative(params) {
	return /* @__PURE__ */ _gte(0, params);
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// node_modules/zod/v4/mini/schemas.js
const ZodMiniType = /*@__PURE__*/ $constructor("ZodMiniType", (inst, def) => {
	if (!inst._zod) throw new Error("Uninitialized schema in ZodMiniType.");
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
}, {
	get with() {
		return this.check;
	},
	set with(value) {
		own(this, "with", value);
	},
	parse(data, params) {
		return parse(this, data, params, { callee: this.parse });
	},
	parseAsync(data, params) {
		return parseAsync(this, data, params, { callee: this.parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	check(...checks) {
		const def = this.def;
		return this.clone({
			...def,
			checks: [...def.checks ?? [], ...checks.map((ch) => typeof ch === "function" ? { _zod: {
				check: ch,
				def: { check: "custom" },
				onattach: []
			} } : ch)]
		}, { parent: true });
	},
	clone(_def, params) {
		return clone(this, _def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	}
});
const ZodMiniString = /*@__PURE__*/ $constructor("ZodMiniString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string(params) {
	return /* @__PURE__ */ _string(ZodMiniString, params);
}
const ZodMiniStringFormat = /*@__PURE__*/ $constructor("ZodMiniStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	ZodMiniString.init(inst, def);
});
const ZodMiniNumber = /*@__PURE__*/ $constructor("ZodMiniNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodMiniType.init(inst, def);
});
const ZodMiniNumberFormat = /*@__PURE__*/ $constructor("ZodMiniNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodMiniNumber.init(inst, def);
});
function int(params) {
	return /* @__PURE__ */ _int(ZodMiniNumberFormat, params);
}
const ZodMiniBoolean = /*@__PURE__*/ $constructor("ZodMiniBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean(params) {
	return /* @__PURE__ */ _boolean(ZodMiniBoolean, params);
}
const ZodMiniArray = /*@__PURE__*/ $constructor("ZodMiniArray", (inst, def) => {
	$ZodArray.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
	return new ZodMiniArray({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
const ZodMiniObject = /*@__PURE__*/ $constructor("ZodMiniObject", (inst, def) => {
	$ZodObject.init(inst, def);
	ZodMiniType.init(inst, def);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function object(shape, params) {
	const def = {
		type: "object",
		shape: shape ?? {},
		...normalizeParams(params)
	};
	return new ZodMiniObject(def);
}
const ZodMiniEnum = /*@__PURE__*/ $constructor("ZodMiniEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodMiniType.init(inst, def);
	inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodMiniEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodMiniLiteral = /*@__PURE__*/ $constructor("ZodMiniLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
	return new ZodMiniLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodMiniOptional = /*@__PURE__*/ $constructor("ZodMiniOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
	return new ZodMiniOptional({
		type: "optional",
		innerType
	});
}
const ZodMiniNullable = /*@__PURE__*/ $constructor("ZodMiniNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
	return new ZodMiniNullable({
		type: "nullable",
		innerType
	});
}
// node_modules/zod/v4/mini/iso.js
const ZodMiniISODateTime = /*@__PURE__*/ $constructor("ZodMiniISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function datetime(params) {
	return /* @__PURE__ */ _isoDateTime(ZodMiniISODateTime, params);
}
// src/backups/manifest.ts
const count = int().check(/* @__PURE__ */ _nonnegative());
const hash = (/* @__PURE__ */ string()).check(/* @__PURE__ */ _regex(/^[0-9a-f]{16}$/));
const sha256 = (/* @__PURE__ */ string()).check(/* @__PURE__ */ _regex(/^[0-9a-f]{64}$/));
const sequenceState = /* @__PURE__ */ object({
	value: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
	called: /* @__PURE__ */ boolean()
});
const schema$1 = /* @__PURE__ */ object({
	manifestVersion: /* @__PURE__ */ literal(1),
	/** Which way the content of tables and large objects was hashed (checks/scan.ts). */
	hashVersion: count,
	/** Which way the definitions in `structure` were hashed (checks/structure.ts). */
	structureVersion: count,
	database: /* @__PURE__ */ string(),
	/** ISO 8601, UTC: the moment of the snapshot. */
	takenAt: /* @__PURE__ */ datetime(),
	server: /* @__PURE__ */ object({
		version: /* @__PURE__ */ string(),
		number: count
	}),
	locale: /* @__PURE__ */ object({
		encoding: /* @__PURE__ */ string(),
		/** As pg_database.datlocprovider: b, c or i. */
		provider: /* @__PURE__ */ string(),
		collate: /* @__PURE__ */ string(),
		ctype: /* @__PURE__ */ string(),
		locale: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
		icuRules: /* @__PURE__ */ nullable(/* @__PURE__ */ string())
	}),
	dump: /* @__PURE__ */ object({
		file: /* @__PURE__ */ string(),
		bytes: count,
		sha256,
		compression: /* @__PURE__ */ string()
	}),
	extensions: /* @__PURE__ */ array(/* @__PURE__ */ object({
		name: /* @__PURE__ */ string(),
		version: /* @__PURE__ */ string(),
		schema: /* @__PURE__ */ string()
	})),
	tables: /* @__PURE__ */ array(/* @__PURE__ */ object({
		schema: /* @__PURE__ */ string(),
		name: /* @__PURE__ */ string(),
		rows: count,
		hash
	})),
	/** Sequences move outside of any snapshot, so each is read before and after the dump. */
	sequences: /* @__PURE__ */ array(/* @__PURE__ */ object({
		schema: /* @__PURE__ */ string(),
		name: /* @__PURE__ */ string(),
		before: sequenceState,
		after: sequenceState
	})),
	geometries: /* @__PURE__ */ array(/* @__PURE__ */ object({
		schema: /* @__PURE__ */ string(),
		table: /* @__PURE__ */ string(),
		column: /* @__PURE__ */ string(),
		type: /* @__PURE__ */ string(),
		srid: int(),
		invalid: count
	})),
	structure: /* @__PURE__ */ array(/* @__PURE__ */ object({
		kind: /* @__PURE__ */ string(),
		name: /* @__PURE__ */ string(),
		hash
	})),
	largeObjects: /* @__PURE__ */ object({
		count,
		hash
	}),
	/** The filestore that the backup holds; absent when it holds none. */
	filestore: /* @__PURE__ */ optional(/* @__PURE__ */ object({
		/** The archive, or the list of files in the pool. */
		file: /* @__PURE__ */ string(),
		kind: /* @__PURE__ */ _enum(FILESTORE_KINDS),
		/** How many files it holds, and their bytes, each by the SHA-1 that names it. */
		files: count,
		bytes: count,
		/** SHA-256 of the lines that `sha1sum` prints of these files, sorted by name in the C locale. */
		digest: sha256
	}))
});
/** Given a manifest, return the text that is written beside the dump. */
function serialize(manifest) {
	return `${JSON.stringify(manifest, null, 1)}\n`;
}
/** Given a manifest's text and the dump's name, return the manifest. Throws Failed when it is broken or another backup's. */
function parseManifest(text, dump) {
	const state = "Nothing was restored.";
	let parsed;
	try {
		parsed = schema$1.safeParse(JSON.parse(text));
	} catch (error) {
		throw new Failed({
			what: `The manifest of ${dump} is not JSON.`,
			why: error instanceof Error ? error.message : String(error),
			state,
			next: "It was cut short or changed after the backup. Drill another backup, and look at the disk."
		});
	}
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new Failed({
			what: `The manifest of ${dump} cannot be read.`,
			why: `Its ${issue?.path.join(".") || "whole"} is not as this version writes it: ${issue?.message ?? "unknown form"}.`,
			state,
			next: "If a newer version of this project wrote it, use that version here too."
		});
	}
	if (parsed.data.dump.file !== dump) throw new Failed({
		what: `The manifest beside ${dump} is that of another backup, ${parsed.data.dump.file}.`,
		state,
		next: "Somebody renamed or copied one of the two. Put the right manifest back, or drill another backup."
	});
	return parsed.data;
}
// src/backups/table-of-contents.ts
/** Longest first, so that `TABLE DATA` is not read as `TABLE`; from pg_dump's archiver, PostgreSQL 18. */
const KINDS = [
	...[
		"ACCESS METHOD",
		"ACL",
		"AGGREGATE",
		"BLOB COMMENTS",
		"BLOB METADATA",
		"BLOB",
		"BLOBS",
		"CAST"
	],
	...[
		"CHECK CONSTRAINT",
		"COLLATION",
		"COMMENT",
		"CONSTRAINT",
		"CONVERSION",
		"DATABASE PROPERTIES"
	],
	...[
		"DATABASE",
		"DEFAULT ACL",
		"DEFAULT",
		"DOMAIN",
		"ENCODING",
		"EVENT TRIGGER",
		"EXTENSION"
	],
	...[
		"FK CONSTRAINT",
		"FOREIGN DATA WRAPPER",
		"FOREIGN SERVER",
		"FOREIGN TABLE",
		"FUNCTION"
	],
	...[
		"INDEX ATTACH",
		"INDEX",
		"LARGE OBJECT",
		"MATERIALIZED VIEW DATA",
		"MATERIALIZED VIEW"
	],
	...[
		"OPERATOR CLASS",
		"OPERATOR FAMILY",
		"OPERATOR",
		"POLICY",
		"PROCEDURAL LANGUAGE",
		"PROCEDURE"
	],
	...[
		"PUBLICATION TABLES IN SCHEMA",
		"PUBLICATION TABLE",
		"PUBLICATION",
		"ROW SECURITY",
		"RULE"
	],
	...[
		"SCHEMA",
		"SEARCHPATH",
		"SECURITY LABEL",
		"SEQUENCE OWNED BY",
		"SEQUENCE SET",
		"SEQUENCE"
	],
	...[
		"SERVER",
		"SHELL TYPE",
		"STATISTICS DATA",
		"STATISTICS",
		"STDSTRINGS",
		"SUBSCRIPTION TABLE"
	],
	...[
		"SUBSCRIPTION",
		"TABLE ATTACH",
		"TABLE DATA",
		"TABLE",
		"TEXT SEARCH CONFIGURATION"
	],
	...[
		"TEXT SEARCH DICTIONARY",
		"TEXT SEARCH PARSER",
		"TEXT SEARCH TEMPLATE",
		"TRANSFORM",
		"TRIGGER"
	],
	...[
		"TYPE",
		"USER MAPPING",
		"VIEW"
	]
].sort((a, b) => b.length - a.length);
const ENTRY = new RegExp(`^(\\d+); \\d+ \\d+ (${KINDS.join("|")}) (.*)$`);
/** Given the output of `pg_restore --list`, return what the archive holds. */
function parseTableOfContents(output) {
	return {
		database: /^; {5}dbname: (.*)$/m.exec(output)?.[1] ?? "",
		serverVersion: /^; {5}Dumped from database version: (.*)$/m.exec(output)?.[1] ?? "",
		dumpVersion: /^; {5}Dumped by pg_dump version: (.*)$/m.exec(output)?.[1] ?? "",
		entries: output.split("\n").flatMap(parseEntry)
	};
}
function parseEntry(line) {
	const [, id, kind, rest] = ENTRY.exec(line) ?? [];
	if (id === void 0 || kind === void 0 || rest === void 0) return [];
	const words = rest.split(" ");
	return [{
		id: Number(id),
		kind,
		schema: words[0] ?? "-",
		name: words.slice(1, -1).join(" "),
		owner: words.at(-1) ?? ""
	}];
}
// src/checks/scan.ts
/**
* The tables whose rows a dump holds: ordinary ones and leaves of partitions, unlogged too. Of an
* extension's tables only those that it declares as configuration. One row, one JSON value.
*/
const TABLES_QUERY = `
SELECT coalesce(json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'bytes', pg_relation_size(c.oid),
    'dumped', e.condition, 'columns', coalesce(a.columns, '[]'))), '[]') AS tables
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('name', a.attname, 'type', t.typname,
      'builtIn', t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b',
      'declared', CASE WHEN t.typname IN ('geometry', 'geography') THEN format_type(a.atttypid, a.atttypmod) END)
    ORDER BY a.attnum) AS columns
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) a ON true
LEFT JOIN LATERAL (
  SELECT x.extcondition[array_position(x.extconfig, c.oid)] AS condition, array_position(x.extconfig, c.oid) AS position, x.oid AS extension
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    AND d.refclassid = 'pg_extension'::regclass) e ON true
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND (e.extension IS NULL OR e.position IS NOT NULL)`;
/**
* The tables whose files are other ones than in the snapshot that asks. TRUNCATE and the ALTER TABLE that rewrites
* are not safe under snapshots: from one taken before, the table looks empty (PostgreSQL manual, "Caveats" of
* concurrency control). One row, one JSON value.
*/
const REWRITTEN_QUERY = `
SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') AS rewritten
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode`;
/** The schema that holds PostGIS, or no row. */
const POSTGIS_SCHEMA_QUERY = `
SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'postgis'`;
/** Types whose hash under PostgreSQL's own equality depends on every byte of the value. */
const HASHED_AS_THEY_ARE = /* @__PURE__ */ new Set([...[
	"bool",
	"int2",
	"int4",
	"int8",
	"oid",
	"date",
	"time",
	"timestamp",
	"timestamptz"
], ...[
	"uuid",
	"bytea",
	"name"
]]);
const HASHED_AS_BYTES_OF_TEXT = /* @__PURE__ */ new Set(["text", "varchar"]);
const HASHED_AS_BINARY = /* @__PURE__ */ new Set(["geometry", "geography"]);
/** Blocks in one task: 64 MiB of PostgreSQL's 8 KiB blocks, so that a large table keeps all sessions busy. */
const BLOCKS_PER_TASK = 8192;
const BLOCK_BYTES = 8192;
/**
* Given the tables and PostGIS's schema, return the statements that read their content, largest first.
* Each row is hashed as a record and the hash mixed once more before it is summed: the sum does not
* depend on the order of rows, counts duplicates, and a value that moved from one row to another
* changes it, which the record hash alone, being linear in its columns, would not show.
*/
function scanTasks(tables, postgisSchema) {
	return tables.flatMap((table) => tasksOf(table, postgisSchema)).sort((a, b) => b.bytes - a.bytes);
}
function tasksOf(table, postgisSchema) {
	const name = qualified(table.schema, table.name);
	const select = selectOf(table, postgisSchema);
	if (table.dumped) return [{
		table,
		bytes: table.bytes,
		sql: `${select} FROM (SELECT * FROM ONLY ${name} ${table.dumped}) t`
	}];
	const parts = Math.max(1, Math.ceil(table.bytes / BLOCK_BYTES / BLOCKS_PER_TASK));
	if (parts === 1) return [{
		table,
		bytes: table.bytes,
		sql: `${select} FROM ONLY ${name} t`
	}];
	return Array.from({ length: parts }, (_, part) => {
		const from = `t.ctid >= '(${part * BLOCKS_PER_TASK},0)'`;
		const to = part < parts - 1 ? ` AND t.ctid < '(${(part + 1) * BLOCKS_PER_TASK},0)'` : "";
		return {
			table,
			bytes: table.bytes / parts,
			sql: `${select} FROM ONLY ${name} t WHERE ${from}${to}`
		};
	});
}
function selectOf(table, postgisSchema) {
	const invalid = geometriesOf$1(table, postgisSchema).map((column) => `count(*) FILTER (WHERE NOT ${postgisSchema}.st_isvalid(t.${identifier(column.name)}))`);
	return `SELECT count(*)::text AS rows, ${hashOf(table.columns)} AS hash, json_build_array(${invalid.join(", ")}) AS invalid`;
}
function hashOf(columns) {
	return `coalesce(sum(hashint8extended(hash_record_extended(${`ROW(${columns.map(hashedValueOf).join(", ")})`}, 0), 0)), 0)::text`;
}
function hashedValueOf({ name, type, builtIn }) {
	const value = `t.${identifier(name)}`;
	if (builtIn && HASHED_AS_THEY_ARE.has(type)) return value;
	if (builtIn && HASHED_AS_BYTES_OF_TEXT.has(type)) return `${value} COLLATE "C"`;
	if (HASHED_AS_BINARY.has(type)) return `${value}::bytea`;
	return builtIn && type !== "xml" ? `${value}::text COLLATE "C"` : `ROW(${value})::text COLLATE "C"`;
}
function geometriesOf$1(table, postgisSchema) {
	return postgisSchema === void 0 ? [] : table.columns.filter(({ type }) => type === "geometry");
}
/**
* Given tasks, return batches of them, each one round trip: few enough for a slow line, enough that
* `sessions` sessions stay busy to the end. Tasks keep their order, largest first.
*/
function batchesOf(tasks, sessions) {
	const weight = (task) => task.bytes + BLOCK_BYTES;
	const share = tasks.reduce((sum, task) => sum + weight(task), 0) / sessions;
	const target = Math.max(share / BATCHES_PER_SESSION, Math.min(share, WORTH_A_ROUND_TRIP));
	const batches = [];
	let room = 0;
	for (const task of tasks) {
		if (room <= 0 || batches.length === 0) {
			batches.push([]);
			room = target;
		}
		batches.at(-1)?.push(task);
		room -= weight(task);
	}
	return batches;
}
const BATCHES_PER_SESSION = 4;
/** Bytes that take about as long to read as a slow round trip takes: less is not worth balancing. */
const WORTH_A_ROUND_TRIP = 16777216;
/** Given the tables and the answers to their tasks, return each table's content, by schema and name. */
function contentOf(tables, answers, postgisSchema) {
	const byTable = Map.groupBy(answers, ({ task }) => task.table);
	return tables.map((table) => {
		const parts = (byTable.get(table) ?? []).map(({ answer }) => answer);
		if (parts.length === 0) throw new Error(`no answer for ${table.schema}.${table.name}`);
		return {
			schema: table.schema,
			name: table.name,
			rows: parts.reduce((sum, { rows }) => sum + Number(rows), 0),
			hash: hexOf(parts.reduce((sum, { hash }) => sum + BigInt(hash), 0n)),
			geometries: geometriesOf$1(table, postgisSchema).map(({ name, declared = "geometry" }, index) => ({
				column: name,
				type: declared,
				srid: Number(/,(\d+)\)$/.exec(declared)?.[1] ?? 0),
				invalid: parts.reduce((sum, { invalid }) => sum + (invalid[index] ?? 0), 0)
			}))
		};
	}).sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name));
}
function compareText(a, b) {
	return a < b ? -1 : Number(a > b);
}
function hexOf(sum) {
	return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
// src/checks/structure.ts
/**
* SQL that hashes a definition. A check such as `state IN ('a', 'b')` on a varchar prints its casts and
* parentheses otherwise after a restore (the parser folds them anew), so these do not count.
*/
const definition = (text) => `translate(regexp_replace(${text}, '::(text|character varying|bpchar)(\\([0-9]+\\))?(\\[\\])?', '', 'g'), E'() \\n\\t', '')`;
/** Rights of anybody but the two roles of the policy, whose own depend on who restored. */
const rights = (acl, owner) => `
  (SELECT string_agg(g.grantee::regrole::text || '=' || g.privilege_type || g.is_grantable, ',' ORDER BY g.grantee::regrole::text, g.privilege_type)
   FROM aclexplode(${acl}) g WHERE g.grantee <> ${owner} AND g.grantee::regrole::text <> ALL ($roles$))`;
const relation = `
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialised view' WHEN 'S' THEN 'sequence'
    WHEN 'c' THEN 'composite type' ELSE 'table' END AS kind,
  n.nspname || '.' || c.relname AS name,
  concat_ws('|', c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
    pg_get_partkeydef(c.oid), ${definition("pg_get_expr(c.relpartbound, c.oid)")},
    (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, ${definition("pg_get_expr(d.adbin, d.adrelid)")}, a.attcollation::regcollation, a.attoptions,
        a.attstorage, a.attcompression, ${rights("a.attacl", "c.relowner")}), ',' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT string_agg(k.conname || ' ' || ${definition("pg_get_constraintdef(k.oid)")} || k.convalidated, ',' ORDER BY k.conname)
     FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'),
    (SELECT string_agg(${definition("pg_get_indexdef(i.indexrelid)")} || i.indisvalid || i.indisclustered || i.indisreplident, ',' ORDER BY i.indexrelid::regclass::text)
     FROM pg_index i WHERE i.indrelid = c.oid AND i.indisready AND (i.indisvalid OR c.relkind = 'p')),
    (SELECT string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text, ',' ORDER BY t.tgname)
     FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
    (SELECT string_agg(concat_ws(' ', p.polname, p.polcmd, p.polpermissive,
        (SELECT string_agg(o::regrole::text, ' ' ORDER BY o::regrole::text) FROM unnest(p.polroles) o), ${definition("pg_get_expr(p.polqual, p.polrelid)")}, ${definition("pg_get_expr(p.polwithcheck, p.polrelid)")}), ',' ORDER BY p.polname)
     FROM pg_policy p WHERE p.polrelid = c.oid),
    (SELECT string_agg(${definition("pg_get_ruledef(r.oid)")} || r.ev_enabled::text, ',' ORDER BY r.rulename)
     FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
    CASE WHEN c.relkind IN ('v', 'm') THEN ${definition("pg_get_viewdef(c.oid)")} || c.relispopulated END,
    (SELECT concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle)
     FROM pg_sequence s WHERE s.seqrelid = c.oid),
    (SELECT string_agg(d.refobjid::regclass::text || d.refobjsubid || d.deptype::text, ',' ORDER BY d.refobjid::regclass::text)
     FROM pg_depend d WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
    (SELECT string_agg(x.objsubid || ' ' || x.description, ',' ORDER BY x.objsubid)
     FROM pg_description x WHERE x.classoid = 'pg_class'::regclass AND x.objoid = c.oid),
    ${rights("c.relacl", "c.relowner")}) AS text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't'
  AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_class'::regclass", "c.oid")}
  AND (c.relkind <> 'c' OR ${ownByNoExtension("'pg_type'::regclass", "c.reltype")})`;
const routine = `
SELECT 'function', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
  concat_ws('|', p.prokind, CASE WHEN p.prokind = 'a' THEN p.prosrc ELSE pg_get_functiondef(p.oid) END,
    (SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid),
    ${rights("coalesce(p.proacl, acldefault('f', p.proowner))", "p.proowner")})
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_proc'::regclass", "p.oid")}`;
const type = `
SELECT 'type', n.nspname || '.' || t.typname,
  concat_ws('|', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod), t.typnotnull, ${definition("t.typdefault")},
    (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
    (SELECT string_agg(k.conname || ${definition("pg_get_constraintdef(k.oid)")}, ',' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype <> 'n'),
    (SELECT r.rngsubtype::regtype::text FROM pg_range r WHERE r.rngtypid = t.oid),
    ${rights("coalesce(t.typacl, acldefault('T', t.typowner))", "t.typowner")})
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r') AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_type'::regclass", "t.oid")}`;
const schema = `
SELECT 'schema', n.nspname::text, ${rights("coalesce(n.nspacl, acldefault('n', n.nspowner))", "n.nspowner")}
FROM pg_namespace n WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_namespace'::regclass", "n.oid")}
UNION ALL
SELECT 'default rights', concat_ws(' ', 'of', x.defaclrole::regrole, 'in', nullif(x.defaclnamespace, 0)::regnamespace, 'on', x.defaclobjtype),
  ${rights("x.defaclacl", "x.defaclrole")}
FROM pg_default_acl x`;
/** The first object that is neither PostgreSQL's own nor initdb's (FirstNormalObjectId). */
const OWN = 16384;
const rare = `
SELECT o.type, o.identity, x.text
FROM (
  SELECT 'pg_operator'::regclass AS catalog, oid, concat_ws(' ', oprcode, oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, oprcanmerge, oprcanhash)
  FROM pg_operator
  UNION ALL
  SELECT 'pg_cast'::regclass, oid, concat_ws(' ', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL
  SELECT 'pg_collation'::regclass, oid, concat_ws(' ', collprovider, collisdeterministic, collcollate, collctype, colllocale, collicurules) FROM pg_collation
  UNION ALL
  SELECT 'pg_ts_config'::regclass, c.oid, (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapdict::regdictionary), ',' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = c.oid)
  FROM pg_ts_config c
  UNION ALL
  SELECT 'pg_ts_dict'::regclass, oid, dictinitoption FROM pg_ts_dict
  UNION ALL
  SELECT 'pg_statistic_ext'::regclass, oid, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
  UNION ALL
  SELECT 'pg_event_trigger'::regclass, oid, concat_ws('|', evtevent, evtfoid::regprocedure, evtenabled, evttags) FROM pg_event_trigger
) AS x (catalog, oid, text)
CROSS JOIN LATERAL pg_identify_object(x.catalog, x.oid, 0) o
WHERE x.oid >= ${OWN} AND ${ownByNoExtension("x.catalog", "x.oid")}`;
/** Comments but those on tables and their columns, which count as theirs. */
const comments = `
SELECT 'comment on', concat_ws(' ', o.type, o.identity), x.description
FROM pg_description x CROSS JOIN LATERAL pg_identify_object(x.classoid, x.objoid, x.objsubid) o
WHERE x.objoid >= ${OWN} AND x.classoid <> 'pg_extension'::regclass
  AND NOT EXISTS (SELECT FROM pg_class c WHERE x.classoid = 'pg_class'::regclass AND c.oid = x.objoid AND c.relkind NOT IN ('i', 'I'))
  AND ${ownByNoExtension("x.classoid", "x.objoid")}`;
/**
* Given the names of the policy's two roles, return the query that lists every object that is not an
* extension's, with a hash of its definition. One row, one JSON value.
*/
function structureQuery(roles) {
	const array = `ARRAY[${roles.map((role) => `'${role.replaceAll("'", "''")}'`).join(", ")}]::text[]`;
	return `
SELECT coalesce(json_agg(json_build_object('kind', kind, 'name', name,
    'hash', lpad(to_hex(hashtextextended(coalesce(text, '') COLLATE "C", 0)), 16, '0')) ORDER BY kind, name), '[]') AS structure
FROM (${[
		relation,
		routine,
		type,
		schema,
		rare,
		comments
	].join("\nUNION ALL\n")}) AS objects (kind, name, text)`.replaceAll("$roles$", () => array);
}
/** Given the objects of the source and of the restored database, return whether each is there and defined alike. */
function compareStructure(expected, restored) {
	const key = ({ kind, name }) => `${kind} ${name}`;
	const found = new Map(restored.map((object) => [key(object), object.hash]));
	const wanted = new Set(expected.map(key));
	const missing = expected.filter((object) => !found.has(key(object)));
	const changed = expected.filter((object) => found.has(key(object)) && found.get(key(object)) !== object.hash);
	const extra = restored.filter((object) => !wanted.has(key(object)));
	const trouble = [
		named("missing", missing, key),
		named("different", changed, key),
		named("unexpected", extra, key)
	].filter(Boolean);
	if (trouble.length > 0) return failed("structure", `The restored structure is not the source's: ${trouble.join("; ")}.`, "Restore this backup by hand and compare `pg_dump --schema-only` of both; report it if they agree.");
	return passed("structure", `All ${expected.length} objects are there and defined as in the source.`);
}
function named(what, objects, key) {
	if (objects.length === 0) return "";
	const shown = objects.slice(0, 5).map(key).join(", ");
	return `${objects.length} ${what} (${shown}${objects.length > 5 ? ", …" : ""})`;
}
// src/commands/postgres.ts
/** Given a connection and where to, return the dump in custom format (the guide's "Backup Format"), of one snapshot. */
function pgDump(connection, options) {
	return client([
		"pg_dump",
		"--format=custom",
		`--compress=${options.compression}`,
		"--verbose"
	].concat(`--snapshot=${options.snapshot}`, `--file=${options.file}`), connection);
}
/** Given an archive, return the command that prints its table of contents; it fails when that cannot be read. */
function pgRestoreList(file) {
	return program([
		"pg_restore",
		"--list",
		file
	]);
}
/** Given a connection and an archive, return the restore of the listed entries, which stops at the first error. */
function pgRestore(connection, options) {
	return client([
		"pg_restore",
		...options.noOwner ? ["--no-owner"] : [],
		"--exit-on-error",
		"--verbose"
	].concat(`--jobs=${options.jobs}`, `--use-list=${options.list}`, `--dbname=${connection.database}`, options.file), connection);
}
/** Given a connection and statements, return the command that runs them one by one and stops at the first error. */
function psql(connection, statements) {
	return client([
		"psql",
		"--no-psqlrc",
		"--quiet",
		"--set=ON_ERROR_STOP=1"
	].concat(statements.map((statement) => `--command=${statement}`)), connection);
}
/**
* Given an archive and the ids of entries, return the command that writes a list with these entries
* alone (`keep`) or all others (`leave out`) to a file.
*/
function writeRestoreList(archive, list, mode, ids) {
	const entries = ids.length === 0 ? "^$" : `^(${ids.join("|")});`;
	const sed = mode === "keep" ? [
		"-n",
		"-E",
		`/${entries}/p`
	] : ["-E", `/${entries}/d`];
	const whole = `${list}.whole`;
	return and(program([
		"pg_restore",
		"--list",
		archive
	], { output: whole }), program([
		"sed",
		...sed,
		whole
	], { output: list }), program(["rm", whole]));
}
function client(argv, connection) {
	const settings = Object.entries(connection.settings ?? {}).map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, "\\$&")}`).join(" ");
	const env = {
		PGHOST: connection.host,
		PGPORT: String(connection.port),
		PGUSER: connection.role.name,
		PGPASSWORD: connection.role.password,
		PGDATABASE: connection.database,
		PGAPPNAME: connection.applicationName,
		...settings && { PGOPTIONS: settings }
	};
	return program(argv, { env });
}
// src/operations/disk-space.ts
/** What must be free beyond the expected size: a full disk stops production, too. */
const MARGIN = 1.2;
/** Given a run and the folder to dump into, make it, and throw Failed unless a dump as large as the last one fits there. */
async function prepareBackupFolder(run, folder) {
	const { container, volume } = run.deployment.backups;
	const last = run.listing.backups[0]?.bytes ?? 0;
	const free = await freeBytes(run, container, makeFolder(folder));
	if (free >= last * MARGIN) return;
	throw new Failed({
		what: `The backup volume has ${formatBytes(free)} free, and the last backup took ${formatBytes(last)}.`,
		state: "Nothing was written; the earlier backups are as they were.",
		next: `Free space on the volume ${volume}, or lower the retention.`
	});
}
/** Given a run, throw Failed unless a second database as large as production fits beside it. */
async function refuseFullDatabaseVolume(run) {
	const { databaseBytes, dataDirectory } = run.facts;
	const free = await freeBytes(run, run.deployment.database.container, freeSpace(dataDirectory));
	if (free >= databaseBytes * MARGIN) return;
	throw new Failed({
		what: `The database server has ${formatBytes(free)} of disk free, and the database takes ${formatBytes(databaseBytes)}.`,
		why: "A drill restores beside production, and a disk that it fills stops production.",
		state: "Nothing was restored.",
		next: "Free space on that disk, or give it more."
	});
}
/** The fourth column of `df -P -k` is what is available, in KiB (POSIX, "df"). */
async function freeBytes({ host, signal }, container, command) {
	const { stdout } = await host.run(inContainer(container, command), { signal });
	const columns = stdout.trim().split("\n").at(-1)?.split(/\s+/) ?? [];
	return Number(columns[3] ?? 0) * 1024;
}
// src/checks/geometry.ts
/** Given tables' content, return the geometry columns in the manifest's form. */
function geometriesOf(tables) {
	return tables.flatMap(({ schema, name, geometries }) => geometries.map((geometry) => ({
		schema,
		table: name,
		...geometry
	})));
}
/** Given the geometry columns of both, return whether types and SRIDs agree and no geometry became invalid. */
function compareGeometries(expected, restored) {
	const keyOf = (one) => `${one.schema}.${one.table}.${one.column}`;
	const found = new Map(restored.map((one) => [keyOf(one), one]));
	const wrong = expected.flatMap((one) => {
		const other = found.get(keyOf(one));
		if (!other) return [`${keyOf(one)} is missing`];
		if (other.type !== one.type) return [`${keyOf(one)} is ${other.type} instead of ${one.type}`];
		if (other.invalid !== one.invalid) return [`${keyOf(one)} has ${other.invalid} invalid geometries instead of ${one.invalid}`];
		return [];
	});
	if (wrong.length > 0) return failed("geometry", `${wrong.length} of ${expected.length} geometry columns differ: ${wrong.slice(0, 5).join("; ")}.`, "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.");
	const invalid = expected.reduce((sum, one) => sum + one.invalid, 0);
	const note = invalid > 0 ? ` (${invalid} geometries are invalid in the source, too)` : "";
	return passed("geometry", `${expected.length} geometry columns agree in type, SRID and validity${note}.`);
}
// src/checks/sequences.ts
/**
* The state of every sequence that a dump holds: `pg_get_sequence_data` is what pg_dump 18 itself
* reads. One row, one JSON value.
*/
const SEQUENCES_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname,
    'value', s.last_value::text, 'called', s.is_called) ORDER BY n.nspname, c.relname), '[]') AS sequences
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_get_sequence_data(c.oid) s
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
      AND array_position(x.extconfig, c.oid) IS NULL)`;
/** Given what the sequences were before and after the dump, return what the manifest says of them. */
function sequencesOf(before, after) {
	const later = new Map(after.map((sequence) => [keyOf(sequence), sequence]));
	return before.map((sequence) => {
		const { value, called } = later.get(keyOf(sequence)) ?? sequence;
		return {
			schema: sequence.schema,
			name: sequence.name,
			before: {
				value: sequence.value,
				called: sequence.called
			},
			after: {
				value,
				called
			}
		};
	});
}
/** Given the manifest's sequences and the restored ones, return whether each stands where it stood during the dump. */
function compareSequences(expected, restored) {
	const found = new Map(restored.map((sequence) => [keyOf(sequence), sequence]));
	const wrong = expected.filter((sequence) => !stoodAt(sequence, found.get(keyOf(sequence))));
	if (wrong.length === 0) return passed("sequences", `All ${expected.length} sequences stand where they stood.`);
	const shown = wrong.slice(0, 5).map((one) => `${one.schema}.${one.name} is at ${found.get(keyOf(one))?.value ?? "nothing"} instead of ${one.before.value}`).join("; ");
	return failed("sequences", `${wrong.length} of ${expected.length} sequences stand elsewhere: ${shown}.`, "New records would collide with restored ones. Take a new backup and drill it.");
}
/** A sequence that did not move during the dump has one right state; one that moved may be anywhere in between. */
function stoodAt({ before, after }, restored) {
	if (!restored) return false;
	if (isSame(before, restored) || isSame(after, restored)) return true;
	if (isSame(before, after) || !restored.called) return false;
	const [value, from, to] = [
		restored,
		before,
		after
	].map((one) => BigInt(one.value ?? 0));
	return from <= value && value <= to || to <= value && value <= from;
}
function isSame(one, other) {
	return one.value === other.value && one.called === other.called;
}
function keyOf({ schema, name }) {
	return JSON.stringify([schema, name]);
}
// src/checks/large-objects.ts
/** Count and content hash of all large objects. One row, one JSON value. */
const LARGE_OBJECTS_QUERY = `
SELECT json_build_object('count', count(*),
  'hash', lpad(to_hex((coalesce(sum(hashint8extended(hash_record_extended(ROW(m.oid, lo_get(m.oid)), 0), 0)), 0) % 9223372036854775807)::int8), 16, '0')) AS large_objects
FROM pg_largeobject_metadata m`;
/** Given the manifest's large objects and the restored ones, return whether they are the same. */
function compareLargeObjects(expected, restored) {
	if (expected.count === restored.count && expected.hash === restored.hash) return passed("large-objects", `All ${expected.count} large objects came back as they were.`);
	return failed("large-objects", expected.count === restored.count ? `The ${expected.count} large objects came back with other content.` : `${restored.count} large objects came back instead of ${expected.count}.`, "Do not rely on this backup. Take a new one and drill it.");
}
// src/database/transactions.ts
/** Statements see what the session sees. */
const AS_IT_STANDS = {
	begin: [],
	end: []
};
/** Given a snapshot that another session exported and keeps open, return the transaction that sees it. */
function inSnapshot(snapshot) {
	return {
		begin: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", `SET TRANSACTION SNAPSHOT ${literal$1(snapshot)}`],
		end: ["COMMIT"]
	};
}
/**
* A statement locks its table and each of its indexes until the transaction ends, and the server has room for a
* few thousand locks (`max_locks_per_transaction`), which production needs, too.
*/
const STATEMENTS_PER_TRANSACTION = 100;
/** Given statements, run them in one round trip, in as many transactions as it takes, and return the rows of each. */
async function inTransactions(session, { begin, end }, statements) {
	const parts = Array.from({ length: Math.ceil(statements.length / STATEMENTS_PER_TRANSACTION) }, (_, index) => index * STATEMENTS_PER_TRANSACTION).map((from) => statements.slice(from, from + STATEMENTS_PER_TRANSACTION));
	const answers = await session.batch(parts.flatMap((part) => [
		...begin,
		...part,
		...end
	]));
	const around = begin.length + end.length;
	return parts.flatMap((part, index) => {
		const from = index * (STATEMENTS_PER_TRANSACTION + around) + begin.length;
		return answers.slice(from, from + part.length);
	});
}
// src/database/scan.ts
/** Given sessions and tables, read every table's content on all sessions at once and return it. */
async function scanContent(sessions, scan) {
	const tasks = scanTasks(scan.tables, scan.postgisSchema);
	const waiting = [...batchesOf(tasks, sessions.length)];
	const total = tasks.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
	const answers = [];
	let done = 0;
	const work = async (ready) => {
		const session = await ready;
		for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
			scan.signal?.throwIfAborted();
			const results = await inTransactions(session, scan.transaction ?? AS_IT_STANDS, batch.map(({ sql }) => sql));
			for (const [index, task] of batch.entries()) {
				answers.push({
					task,
					answer: results[index]?.[0]
				});
				done += task.bytes;
			}
			scan.onProgress?.(done / total);
		}
	};
	await Promise.all(sessions.map(work));
	return contentOf(scan.tables, answers, scan.postgisSchema);
}
// src/database/observe.ts
/** Given sessions that see one state of a database, return what it holds: two round trips and the scan's own. */
async function observe(sessions, options) {
	const [first, ...others] = sessions;
	if (!first) throw new RangeError("a database is observed through at least one session");
	const ask = async (statements) => (await inTransactions(first, options.transaction, statements)).map(firstValue);
	const [tables, postgisSchema] = await ask([TABLES_QUERY, POSTGIS_SCHEMA_QUERY]);
	const catalog = ask([
		SEQUENCES_QUERY,
		EXTENSIONS_QUERY,
		structureQuery(options.roles),
		LARGE_OBJECTS_QUERY,
		...postgisSchema === void 0 ? [] : [`SELECT ${postgisSchema}.postgis_version()`]
	]);
	const scan = scanContent([...others, catalog.then(() => first)], {
		...options,
		tables,
		postgisSchema
	});
	const [[sequences, extensions, structure, largeObjects, postgis], contents] = await Promise.all([catalog, scan]);
	return {
		tables,
		contents,
		sequences,
		extensions,
		structure,
		largeObjects,
		...postgisSchema !== void 0 && {
			postgisSchema,
			postgis
		}
	};
}
// src/operations/sessions.ts
/** Given a number and what for, open that many sessions at once, do `work` with them, and close them whatever happens. */
async function withSessions({ host, deployment }, count, options, work) {
	const opening = Array.from({ length: count }, () => Session.open(host, deployment.database, options));
	const sessions = (await Promise.allSettled(opening)).flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
	try {
		await Promise.all(opening);
		return await work(sessions);
	} finally {
		for (const session of sessions) session.close();
	}
}
export { parseTableOfContents as C, scanTasks as S, serialize as T, writeRestoreList as _, compareLargeObjects as a, TABLES_QUERY as b, sequencesOf as c, prepareBackupFolder as d, refuseFullDatabaseVolume as f, psql as g, pgRestoreList as h, inTransactions as i, compareGeometries as l, pgRestore as m, observe as n, SEQUENCES_QUERY as o, pgDump as p, inSnapshot as r, compareSequences as s, withSessions as t, geometriesOf as u, compareStructure as v, parseManifest as w, contentOf as x, REWRITTEN_QUERY as y };
