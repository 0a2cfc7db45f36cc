import type { Check } from "../../report/check.ts";

export interface GoLiveResult {
  readonly checks: readonly Check[];
  readonly downtimeSeconds: number;
  /** The former production database or filestore. Absent where there was none, or where it came back. */
  readonly kept?: { readonly name: string; readonly until: string };
}
