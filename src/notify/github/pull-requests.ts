import { type SignOff, shortened } from "../../report/quarter.ts";
import { branchTip, writeCommit } from "./commit-to-branch.ts";
import type { GitHub } from "./github-client.ts";
import { statusOf } from "./github-errors.ts";

/** Marks our one comment on a pull request, so that the next run finds it. */
const mark = (about: string) => `<!-- openspp-backup: comment ${about} -->`;

/** Writes the comment, or replaces the one from an earlier run that is about the same. */
export async function tellPullRequest(
  github: GitHub,
  number: number,
  about: string,
  markdown: string,
): Promise<string> {
  const body = shortened(`${mark(about)}\n${markdown}`, "\n\nThe rest is in the run's summary.\n");
  const comments = await github.list(
    "pull-requests: write",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issue_number: number },
  );
  const ours = comments.find((comment) => comment.body?.startsWith(mark(about)));
  const written = ours
    ? await github.call(
        "pull-requests: write",
        "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        { comment_id: ours.id, body },
      )
    : await github.call(
        "pull-requests: write",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { issue_number: number, body },
      );
  return written.html_url;
}

/**
 * Commits the files of a drill's sign-off to their own branch and opens a pull request. Updates the open
 * pull request of the same quarter, if there is one. Returns its page, or nothing when the default branch
 * holds the sign-off already.
 */
export async function openSignOff(github: GitHub, signOff: SignOff): Promise<string | undefined> {
  const { branch, title, body } = signOff;
  const { default_branch: base } = await github.call(
    "contents: write",
    "GET /repos/{owner}/{repo}",
    {},
  );
  const tip = await branchTip(github, base, "contents: write");
  const commit = await writeCommit(github, signOff, tip.commit);
  if (commit === undefined) return undefined;
  await pointBranch(github, branch, commit);
  const [open] = await github.list("pull-requests: write", "GET /repos/{owner}/{repo}/pulls", {
    state: "open",
    head: `${github.owner}:${branch}`,
    base,
  });
  const written = open
    ? await github.call("pull-requests: write", "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
        pull_number: open.number,
        title,
        body,
      })
    : await github.call("pull-requests: write", "POST /repos/{owner}/{repo}/pulls", {
        title,
        body,
        head: branch,
        base,
      });
  return written.html_url;
}

/**
 * Only we write to this branch, so it may be moved back. An earlier drill of the quarter stays in its pull
 * request's history.
 */
async function pointBranch(github: GitHub, branch: string, sha: string): Promise<void> {
  try {
    await github.call("contents: write", "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ref: `heads/${branch}`,
      sha,
      force: true,
    });
  } catch (error) {
    // GitHub answers 422 "Reference does not exist" where others answer 404.
    if (![404, 422].includes(statusOf(error))) throw error;
    await github.call("contents: write", "POST /repos/{owner}/{repo}/git/refs", {
      ref: `refs/heads/${branch}`,
      sha,
    });
  }
}
