import { expect, test } from "vitest";
import { inThrowaway, program } from "../../src/commands/command.ts";
import { Cancelled } from "../../src/failure.ts";
import { Secret } from "../../src/secret.ts";
import { sharedLab } from "../lab/shared.ts";
import { onLab } from "../operations/on-lab.ts";

const NAME = "openspp-backup-test-secrets";
const SECRET = "it's $HOME\\n of 7a31f0";

test("Docker never learns a secret of a container that is made for one command", async () => {
  const lab = await sharedLab("flexible");
  const image = await lab.docker("inspect", "--format", "{{.Image}}", lab.container("backup"));
  const command = inThrowaway(
    image.trim(),
    program(["sh", "-c", 'printf "%s\n" "$P"; sleep 60'], { env: { P: new Secret(SECRET) } }),
    { options: ["--name", NAME] },
  );
  const over = new AbortController();
  const arrived = Promise.withResolvers<string>();
  const running = onLab(lab, (_, { host }) =>
    host.run(command, { signal: over.signal, onLine: arrived.resolve }),
  );
  running.catch(arrived.reject);
  expect(await arrived.promise).toBe(SECRET);
  const shown = await lab.docker("inspect", NAME);
  expect(JSON.parse(shown)).toMatchObject([{ State: { Running: true } }]);
  expect(shown).not.toContain("7a31f0");
  over.abort();
  await expect(running).rejects.toBeInstanceOf(Cancelled);
});
