/** How a run can end badly. Each way has its own exit code in the CLI. */

export interface Explanation {
  /** What failed, as one sentence. */
  what: string;
  /** Why: the last useful line of the tool's own output. */
  why?: string;
  /** What state things were left in. */
  state?: string;
  /** What to do next. */
  next?: string;
}

export abstract class Failure extends Error {
  abstract readonly exitCode: number;
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explain(explanation), options);
    this.name = new.target.name;
    this.explanation = explanation;
  }

  /** The most telling line: why it failed, or what failed where nothing says why. */
  get reason(): string {
    return this.explanation.why ?? this.explanation.what;
  }

  /** What failed and why, in one line. It is for a message that has a state and a next step of its own. */
  get sentence(): string {
    const { what, why } = this.explanation;
    return [what, why].filter(Boolean).join(" ").replaceAll(/\s+/g, " ").trim();
  }
}

/** What was to be done or proven was not: a failed check, or a tool that failed on the deployment. */
export class Failed extends Failure {
  readonly exitCode: number = 1;
}

/** An input, a secret or the deployment's configuration is wrong. Nothing was done. */
export class UserMistake extends Failure {
  readonly exitCode: number = 2;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super({ state: "Nothing was changed.", ...explanation }, options);
  }
}

/** The host or the database cannot be reached, or the connection was lost. */
export class Unreachable extends Failure {
  readonly exitCode: number = 3;
}

/** The run was cancelled; the exit code is the shell's own for SIGINT. */
export class Cancelled extends Failure {
  readonly exitCode: number = 130;
}

/** The exit code of anything that is not a Failure: a bug (EX_SOFTWARE of sysexits.h). */
export const BUG_EXIT_CODE = 70;

export function reasonOf(error: unknown): string {
  if (error instanceof Failure) return error.reason;
  return error instanceof Error ? error.message : String(error);
}

export function sentenceOf(error: unknown): string {
  return error instanceof Failure ? error.sentence : reasonOf(error);
}

export function exitCodeOf(error: unknown): number {
  return error instanceof Failure ? error.exitCode : BUG_EXIT_CODE;
}

/** In the order a tired person needs: what, why, state, next. */
export function explain({ what, why, state, next }: Explanation): string {
  return [what, why && `Why: ${why}`, state && `State: ${state}`, next && `Next: ${next}`]
    .filter(Boolean)
    .join("\n");
}
