import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The test files that take longest, the longest first: minutes each, of few lines and many cases. */
export const LONGEST = [
  "operations/restore/resolve-interrupted",
  "operations/restore/interrupted-replace",
  "operations/offsite/drill",
  "lab/bad-input/strict",
  "operations/filestore/meanwhile",
  "operations/offsite/sync",
  "operations/offsite/docker-user",
  "actions/workflows",
  "operations/restore/filestore-alone",
  "operations/restore/restore",
  "lab/bad-input/flexible",
  "operations/filestore/drill",
  "operations/restore/interrupted",
].map((name) => `/test/${name}.lab.test.ts`);

/**
 * Begins with the longest files, so that the workers end together. vitest knows how long they took the last time; on a
 * fresh clone it begins with the largest ones, which these are not.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return longestFirst(await super.sort(files));
  }

  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { shard } = this.ctx.config;
    return shard ? dealt(files, shard) : files;
  }
}

/** One share of the files, counted from 1: they are dealt out like cards, the longest first, so that the shares last alike. */
export function dealt<File extends Pick<TestSpecification, "moduleId">>(
  files: readonly File[],
  { index, count }: { readonly index: number; readonly count: number },
): File[] {
  return files
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.moduleId < b.moduleId ? -1 : 1))
    .filter((_, place) => place % count === index - 1);
}

/** Given files in the order of their groups, return them with the longest ones at the head of theirs. */
export function longestFirst<File extends Ordered>(files: readonly File[]): File[] {
  return files.toSorted((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
}

type Ordered = Pick<TestSpecification, "moduleId"> & {
  readonly project: { readonly config: { readonly sequence: { readonly groupOrder: number } } };
};

function groupOf({ project }: Ordered): number {
  return project.config.sequence.groupOrder;
}

function placeOf({ moduleId }: Pick<TestSpecification, "moduleId">): number {
  const place = LONGEST.findIndex((end) => moduleId.endsWith(end));
  return place < 0 ? LONGEST.length : place;
}
