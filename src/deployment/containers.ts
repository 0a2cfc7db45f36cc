import { projectIn } from "../commands/docker.ts";

/** The part of `docker inspect` that discovery reads. */
export interface Container {
  readonly Name: string;
  /** The image's id: its name may mean another image by now. */
  readonly Image: string;
  readonly Created: string;
  readonly State: {
    readonly Status: string;
    readonly Health?: { readonly Status: string };
  };
  readonly Config: {
    readonly Image: string;
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source: string;
    readonly Destination: string;
  }[];
  readonly NetworkSettings: {
    readonly Networks: Readonly<
      Record<string, { readonly IPAddress: string; readonly GlobalIPv6Address: string }>
    >;
  };
}

/** The part of `docker compose config --format json` that discovery reads. */
export interface ComposeConfig {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
}

export interface ComposeService {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
}

/** What the host says of itself, the project and its containers, in the form of `discoverProject`. */
export interface Inspection {
  readonly hostEpochSeconds: number;
  readonly cores: number;
  readonly config: ComposeConfig;
  /** How many of our throwaway containers are there: from a run that is active, or from one that died. */
  readonly leftoverContainers: number;
  readonly containers: readonly Container[];
}

export function parseInspection(output: string): Inspection {
  const { config, containers, ...told } = projectIn(output);
  return { ...told, config: config as ComposeConfig, containers: containers as Container[] };
}

/** A running one comes first. Containers of `docker compose run` do not count. */
export function containerOf(
  containers: readonly Container[],
  service: string,
): Container | undefined {
  return containers
    .filter(({ Config: { Labels } }) => Labels["com.docker.compose.service"] === service)
    .filter(({ Config: { Labels } }) => Labels["com.docker.compose.oneoff"] !== "True")
    .sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)))[0];
}

/** Whether commands can run in it. Docker counts paused and restarting containers as running, too. */
export function isRunning({ State }: Container): boolean {
  return State.Status === "running";
}

/** In Docker's words, for example `running (healthy)`. */
export function stateOf(container: Container | undefined): string {
  if (!container) return "not created";
  const { Status, Health } = container.State;
  return Health ? `${Status} (${Health.Status})` : Status;
}

/**
 * The container overrides the configuration, since it is what runs. `docker compose config` doubles each
 * dollar sign, so that Compose can read it again. Empty variables say nothing and are left out.
 */
export function environmentOf(
  service: ComposeService | undefined,
  container: Container | undefined,
): Readonly<Record<string, string>> {
  const configured = Object.entries(service?.environment ?? {}).map(
    ([name, value]) => [name, (value ?? "").replaceAll("$$", "$")] as const,
  );
  const running = (container?.Config.Env ?? []).map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });
  const merged = new Map([...configured, ...running]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== ""));
}

export function addressesOf({ NetworkSettings }: Container): readonly string[] {
  return Object.values(NetworkSettings.Networks).flatMap((network) =>
    [network.IPAddress, network.GlobalIPv6Address].filter(Boolean),
  );
}

/** One that the host can reach; undefined when there is none. */
export function addressOf({ NetworkSettings }: Container): string | undefined {
  const networks = Object.values(NetworkSettings.Networks);
  return (
    networks.find((network) => network.IPAddress)?.IPAddress ??
    networks.find((network) => network.GlobalIPv6Address)?.GlobalIPv6Address
  );
}
