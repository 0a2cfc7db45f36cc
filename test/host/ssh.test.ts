import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { program } from "../../src/commands/command.ts";
import { Secret } from "../../src/commands/secret.ts";
import { connect } from "../../src/host/ssh.ts";
import { startSshd } from "./sshd.ts";

test("smoke", async () => {
  await using sshd = await startSshd();
  const key = sshd.addKey("ed25519");
  const t0 = performance.now();
  const host = await connect(
    {
      host: "127.0.0.1",
      port: sshd.port,
      user: sshd.user,
      key: new Secret(readFileSync(key, "utf8")),
      knownHosts: sshd.knownHosts,
    },
    { clock },
  );
  const t1 = performance.now();
  console.log("connect", t1 - t0);
  for (let i = 0; i < 5; i++) console.log(await host.run(program(["echo", "hällo", "$x"])));
  console.log(
    await host.run(
      program(["sh", "-c", "echo $X; cat"], { env: { X: new Secret("gehe'im") }, input: "abc" }),
    ),
  );
  await expect(host.run(program(["sh", "-c", "echo oje >&2; exit 3"]))).rejects.toThrow("oje");
  const t2 = performance.now();
  await Promise.all(
    Array.from({ length: 30 }, (_, i) => host.run(program(["sh", "-c", `sleep 0.1; echo ${i}`]))),
  );
  console.log("30", performance.now() - t2);
  await host.close();
});
