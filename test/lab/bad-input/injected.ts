import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { UserMistake } from "../../../src/failure.ts";
import { INPUTS, inputsOf } from "../../../src/inputs/table.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { onLab } from "../../operations/on-lab.ts";
import type { Subject } from "./subject.ts";

/** What executed a payload would have left, on this machine (the deployment's host, too) or in a container. */
const FOOTPRINT = "/tmp/openspp-bad-input";
const TOUCH = `touch\${IFS}${FOOTPRINT}`;

const PAYLOADS: readonly [name: string, payload: string][] = [
  ["commands in every quoting", `'"$(${TOUCH})\`${TOUCH}\`;${TOUCH};&&${TOUCH}|${TOUCH}`],
  ["the same as a path", `/'"$(${TOUCH})\`${TOUCH}\`;${TOUCH};&&${TOUCH}|${TOUCH}`],
  ["a line break", `x\n${TOUCH}\ny`],
  ["an option", "--help"],
  ["a way up", "../../../../tmp/openspp-bad-input"],
  ["SQL", `x"; DROP TABLE res_partner; --'; COPY (SELECT 1) TO '${FOOTPRINT}'; --`],
];

/** A name that a shell, SQL or a program could take for something else: nothing of it is ever executed. */
export function injectedCases(subject: () => Subject): void {
  describe("names that are commands", () => {
    it.each(PAYLOADS)("%s in every input executes nothing", async (_, payload) => {
      const { keys } = subject().lab.ssh;
      const locked = await readFile(keys.protected, "utf8");
      await subject().untouched(async () => {
        for (const name of inputsOf("cli", ["drill"])) {
          const input = INPUTS[name];
          const error = await onLab(subject().lab, drill, {
            ...(name === "ssh-key-passphrase" && { "ssh-key": locked }),
            [name]: payload,
          }).catch((thrown: unknown) => thrown);
          expect(error, name).toBeInstanceOf(UserMistake);
          if (input.secret) expect((error as Error).message, name).not.toContain(payload);
        }
      });
      expect(existsSync(FOOTPRINT)).toBe(false);
      for (const service of ["db", "backup", "odoo", "queue-worker"]) {
        const { lab } = subject();
        const look = ["sh", "-c", `ls ${FOOTPRINT}* 2>/dev/null || true`];
        const found = await lab.docker("exec", lab.container(service), ...look);
        expect({ service, found }).toEqual({ service, found: "" });
      }
    });
  });
}
