import { UserMistake } from "../../failure.ts";
import type { Remote, Settings } from "../../inputs/settings.ts";

/** Given the settings, return the remote that they name. Throws UserMistake when they name none. */
export function requireRemote({ sync }: Settings): Remote {
  if (sync.remote) return sync.remote;
  throw new UserMistake({
    what: "No remote was named.",
    why: "`remote` says where the off-site copy is.",
    state: "Nothing was done.",
    next: "Name one, for example `offsite:openspp-backups` for rclone or `backup@remote.example.org:/backups/openspp` for rsync.",
  });
}
