import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect } from "vitest";
import type { Report } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import type { Site } from "../../lab/site.ts";

const CLI = new URL("../../../src/cli/main.ts", import.meta.url).pathname;
const LABEL = "org.openspp.backup.drill";

export type Given = Readonly<Record<string, string | undefined>>;

/** What a run of the CLI came to. */
export interface Outcome {
  readonly code: number | undefined;
  readonly stderr: string;
  readonly error: string;
  readonly report: Report;
}

/** A machine that has Docker, rclone and the remote's credentials, and nothing else: no key of the deployment's host. */
export class Runner {
  readonly #lab: Lab;
  readonly #site: Site;
  readonly image: string;
  /** Its RUNNER_TEMP. */
  readonly temp: string;

  private constructor(lab: Lab, site: Site, image: string) {
    this.#lab = lab;
    this.#site = site;
    this.image = image;
    this.temp = join(lab.folder, "runner");
  }

  /** By which its own are told from those of others on the same engine. */
  get #label(): string {
    return `label=${LABEL}=${this.temp}`;
  }

  /** Given a lab and its second site, return a runner that can reach the site. */
  static async start(lab: Lab, site: Site): Promise<Runner> {
    const image = await lab.docker("inspect", "-f", "{{.Config.Image}}", lab.container("db"));
    const runner = new Runner(lab, site, image);
    await mkdir(runner.temp, { recursive: true });
    return runner;
  }

  /** Given a command line of the CLI, and what differs from the runner's environment, start it. */
  spawn(args: readonly string[], given: Given = {}) {
    const { folder, engine } = this.#lab;
    const running = execa(process.execPath, ["--", CLI, ...args], {
      extendEnv: false,
      env: {
        ...engine.env,
        PATH: `${join(folder, "ssh", "bin")}:${process.env.PATH}`,
        HOME: this.temp,
        RUNNER_TEMP: this.temp,
        OPENSPP_REMOTE: this.#site.remotes.s3,
        OPENSPP_RCLONE_CONFIG: this.#site.rcloneConfig,
        OPENSPP_RUNNER_IMAGE: this.image,
        ...given,
      },
      reject: false,
      stdin: "ignore",
    });
    let said = "";
    running.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    return {
      pid: running.pid as number,
      /** Waits until it has said so on standard error. */
      says: (words: string) =>
        expect.poll(() => said, { timeout: 60_000, interval: 20 }).toContain(words),
      ended: running.then(outcomeOf),
    };
  }

  /** Given what differs from the runner's environment, rehearse the outage of the data centre. */
  drill(given: Given = {}, ...args: string[]): Promise<Outcome> {
    return this.spawn(["drill", "--scenario", "datacenter-outage", "--json", ...args], given).ended;
  }

  /** Return what drills left: containers, networks and folders. */
  async leftovers(): Promise<string[]> {
    const docker = async (...args: string[]) =>
      (await this.#lab.docker(...args, "--filter", this.#label)).split("\n").filter(Boolean);
    const [containers, networks, entries] = await Promise.all([
      docker("ps", "--all", "--format", "{{.Names}}"),
      docker("network", "ls", "--format", "{{.Name}}"),
      readdir(this.temp),
    ]);
    return [...containers, ...networks, ...entries.filter((name) => !name.startsWith("."))];
  }

  /** Wait until a drill's server runs, and return its name and that of the volume that it made for itself. */
  async untilServing(): Promise<{ name: string; volume: string }> {
    const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{end}}{{end}}';
    let name = "";
    await expect
      .poll(
        async () => {
          [name = ""] = (
            await this.#lab.docker("ps", "--filter", this.#label, "--format", "{{.Names}}")
          ).split("\n");
          return name;
        },
        { timeout: 60_000, interval: 200 },
      )
      .not.toBe("");
    return { name, volume: await this.#lab.docker("inspect", "-f", format, name) };
  }
}

function outcomeOf(result: { exitCode?: number; stdout: string; stderr: string }): Outcome {
  const { exitCode: code, stdout, stderr } = result;
  const at = stderr.search(/^error: /m);
  return {
    code,
    stderr,
    error: at < 0 ? "" : stderr.slice(at),
    get report() {
      if (stdout === "") throw new Error(`There is no report: ${stderr}`);
      return JSON.parse(stdout) as Report;
    },
  };
}
