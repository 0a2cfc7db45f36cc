import { reasonOf } from "../../failure.ts";
import { retry } from "../../retry.ts";
import type { GitHub } from "./github-client.ts";
import { type Permission, statusOf } from "./github-errors.ts";

/** What one commit changes on a branch. */
export interface BranchChange {
  readonly message: string;
  /** The text of each file that is new or different, by its path; every other file stays. */
  readonly files: ReadonlyMap<string, string>;
}

/** The state of a branch. One that does not exist yet has no commit and no file. */
export interface BranchTip {
  readonly commit?: string;
  /** The file's text, or nothing when there is no such file. */
  read(path: string): Promise<string | undefined>;
}

type ContentsPermission = Extract<Permission, `contents: ${string}`>;

/** Seconds before each further try. Up to the same again is added by chance. */
const PAUSES = [0.25, 0.5, 1, 2, 4];

/**
 * Commits without a checkout: first the tree, then the commit, then the reference, which moves only
 * forward. When another run was faster, `change` is asked again on what that run wrote. Returns the commit,
 * or nothing when there was nothing to change. A branch that does not exist starts without a history.
 */
export async function commitTo(
  github: GitHub,
  branch: string,
  change: (tip: BranchTip) => Promise<BranchChange | undefined>,
): Promise<string | undefined> {
  let overtaken: unknown;
  const attempt = async () => {
    const tip = await branchTip(github, branch, "contents: write");
    const parent = tip.commit;
    const wanted = await change(tip);
    if (!wanted) return undefined;
    const commit = await writeCommit(github, wanted, parent);
    if (commit === undefined) return undefined;
    await moveBranch(github, branch, commit, parent).catch((error: unknown) => {
      if (isConflict(error)) overtaken = error;
      throw error;
    });
    return commit;
  };
  return retry(attempt, {
    pauses: PAUSES.map((pause) => pause * (1 + Math.random())),
    mayPass: (error) => error === overtaken,
  });
}

/** `permission` is what a refusal names: the one permission that covers all that the caller does. */
export async function branchTip(
  github: GitHub,
  branch: string,
  permission: ContentsPermission,
): Promise<BranchTip> {
  const reference = await github
    .call(permission, "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` })
    .catch(unlessMissing);
  return tipAt(github, reference?.object.sha, permission);
}

/**
 * Writes a commit that no branch points to yet. Returns nothing when the files have the wanted text
 * already.
 */
export async function writeCommit(
  github: GitHub,
  { message, files }: BranchChange,
  parent?: string,
): Promise<string | undefined> {
  const before = parent && (await treeOf(github, parent));
  const tree = await github.call("contents: write", "POST /repos/{owner}/{repo}/git/trees", {
    ...(before && { base_tree: before }),
    tree: [...files].map(([path, content]) => ({ path, content, mode: "100644", type: "blob" })),
  });
  if (tree.sha === before) return undefined;
  const commit = await github.call("contents: write", "POST /repos/{owner}/{repo}/git/commits", {
    message,
    tree: tree.sha,
    parents: parent === undefined ? [] : [parent],
  });
  return commit.sha;
}

async function treeOf(github: GitHub, commit: string): Promise<string> {
  const { tree } = await github.call(
    "contents: write",
    "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
    { commit_sha: commit },
  );
  return tree.sha;
}

async function moveBranch(
  github: GitHub,
  branch: string,
  commit: string,
  parent: string | undefined,
): Promise<void> {
  if (parent === undefined) {
    await github.call("contents: write", "POST /repos/{owner}/{repo}/git/refs", {
      ref: `refs/heads/${branch}`,
      sha: commit,
    });
  } else {
    await github.call("contents: write", "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ref: `heads/${branch}`,
      sha: commit,
    });
  }
}

function tipAt(
  github: GitHub,
  commit: string | undefined,
  permission: ContentsPermission,
): BranchTip {
  if (commit === undefined) return { read: async () => undefined };
  return {
    commit,
    read: async (path) => {
      const text = await github
        .call(permission, "GET /repos/{owner}/{repo}/contents/{path}", {
          path,
          ref: commit,
          // The raw file: as JSON, GitHub hands out none above 1 MiB.
          mediaType: { format: "raw" },
        })
        .catch(unlessMissing);
      return text as unknown as string | undefined;
    },
  };
}

/** 422: the reference exists by now, or the update is not a fast forward. */
function isConflict(error: unknown): boolean {
  const status = statusOf(error);
  if (status === 409) return true;
  return status === 422 && /already exists|fast.forward|cannot be locked/i.test(reasonOf(error));
}

function unlessMissing(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error;
}
