import type { GitHub } from "./github-client.ts";

const OUR_WORKFLOWS = /^\.github\/workflows\/(?:backup|drill|monitor)\.ya?ml$/;

/**
 * GitHub switches the schedules of a public repository off after 60 days without activity. Enabling a
 * workflow that is enabled restarts the 60 days. One that somebody switched off by hand stays off. Returns
 * the paths of the workflows that were enabled.
 */
export async function keepAlive(github: GitHub): Promise<readonly string[]> {
  const { workflows } = await github.call(
    "actions: write",
    "GET /repos/{owner}/{repo}/actions/workflows",
    { per_page: 100 },
  );
  const alive = workflows.filter(
    ({ path, state }) =>
      OUR_WORKFLOWS.test(path) && ["active", "disabled_inactivity"].includes(state),
  );
  for (const { id } of alive) {
    await github.call(
      "actions: write",
      "PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable",
      { workflow_id: id },
    );
  }
  return alive.map(({ path }) => path);
}
