import { Unreachable, UserMistake } from "../../failure.ts";
import { fingerprint, keyTypeOf, knownHostsLine } from "../../host/known-hosts.ts";
import type { HostSettings } from "../../inputs/settings.ts";
import type { CliOptions } from "../options.ts";
import type { Asker } from "./asker.ts";
import { fingerprintInstructions } from "./instructions.ts";

/**
 * The known_hosts line of the key that the host shows. First a person, or the option with its
 * fingerprint, confirms that it is the host's own. Throws UserMistake for another fingerprint.
 */
export async function pinnedHostKey(
  given: CliOptions,
  asker: Asker,
  { connection }: HostSettings,
): Promise<string> {
  if (connection.jump) throw behindJump();
  const { readHostKey } = await import("../../host/ssh-setup.ts");
  const key = await readHostKey(connection);
  const shown = fingerprint(key);
  if (given.fingerprint !== undefined) {
    if (given.fingerprint !== shown)
      throw another(connection.host, shown, String(given.fingerprint));
  } else {
    process.stdout.write(fingerprintInstructions(connection.host, keyTypeOf(key), shown));
    const same = await asker.agree(
      "Is it the same?",
      `--fingerprint ${shown}, once you have compared it`,
    );
    if (!same) throw notCompared();
  }
  return knownHostsLine(connection, key);
}

function another(host: string, shown: string, wanted: string): Unreachable {
  return new Unreachable({
    what: `${host} shows the host key ${shown}, and not ${wanted}.`,
    why: "The host was installed again, or somebody is between it and this machine.",
    state: "Nothing was sent to the host.",
    next: "Find out which, at the host's own console.",
  });
}

function notCompared(): UserMistake {
  return new UserMistake({
    what: "The host's key was not confirmed.",
    state: "Nothing was sent to the host.",
    next: "Compare the fingerprint at the host's own console, then run init again.",
  });
}

function behindJump(): UserMistake {
  return new UserMistake({
    what: "Behind a jump host, the host's key cannot be read from here.",
    state: "Nothing was sent to the host.",
    next: "Give the keys of both hosts with --ssh-known-hosts-file.",
  });
}
