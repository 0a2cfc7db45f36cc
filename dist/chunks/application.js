// src/operations/application.ts
/** The first word of every `application_name` of ours: by it, what a dead run left can be found and ended. */
const APPLICATION = "openspp-backup";
/** The verbs that hold the deployment's lock; the rest of their sessions' `application_name`. */
const LOCKING_VERBS = [
	"backup",
	"drill",
	"cycle",
	"restore",
	"prune",
	"sweep"
];
export { LOCKING_VERBS as n, APPLICATION as t };
