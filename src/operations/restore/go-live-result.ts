import type { Check } from "../../report/check.ts";

/** What taking production's place came to. */
export interface GoLiveResult {
  readonly checks: readonly Check[];
  readonly downtimeSeconds: number;
  /** The former production database, which is kept until then; absent where there was none, or where it came back. */
  readonly kept?: { readonly name: string; readonly until: string };
}
