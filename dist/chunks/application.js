// src/operations/application.ts
/**
* The first word of each session's `application_name`. By it, a later run finds and ends what a
* dead run left.
*/
const APPLICATION = "openspp-backup";
/**
* The verbs that hold the deployment's lock. Each is the second word of its sessions'
* `application_name`.
*/
const LOCKING_VERBS = [
	"backup",
	"drill",
	"cycle",
	"restore",
	"prune",
	"sweep"
];
export { LOCKING_VERBS as n, APPLICATION as t };
