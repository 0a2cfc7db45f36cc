import { expect, it } from "vitest";
import {
  ghArguments,
  ghLines,
  repositorySettings,
} from "../../../src/cli/init/repository-settings.ts";
import type { HostSettings } from "../../../src/inputs/settings.ts";
import { Secret } from "../../../src/secret.ts";

const SETTINGS = {
  connection: {
    host: "vps.example.org",
    port: 2222,
    user: "openspp-backup",
    key: new Secret("PRIVATE"),
    knownHosts: "[vps.example.org]:2222 ssh-ed25519 AAAA\n",
    jump: { user: "jump", host: "gate.example.org", port: 22 },
  },
  deployment: { directory: "/srv/it's here" },
} as HostSettings;

it("are printed for a person to paste, the key from its file, the host last", () => {
  const settings = repositorySettings(SETTINGS);
  expect(ghLines(settings, "ministry/operations", "my key")).toEqual([
    "gh api --silent --method PUT repos/ministry/operations/environments/openspp",
    "gh api --silent --method PUT repos/ministry/operations/environments/openspp-restore",
    "gh secret set OPENSPP_SSH_KEY --env openspp --repo ministry/operations < 'my key'",
    "gh secret set OPENSPP_SSH_KEY --env openspp-restore --repo ministry/operations < 'my key'",
    "gh variable set OPENSPP_SSH_PORT --body 2222 --repo ministry/operations",
    "gh variable set OPENSPP_SSH_USER --body openspp-backup --repo ministry/operations",
    "gh variable set OPENSPP_SSH_KNOWN_HOSTS --body '[vps.example.org]:2222 ssh-ed25519 AAAA' --repo ministry/operations",
    "gh variable set OPENSPP_SSH_JUMP --body jump@gate.example.org:22 --repo ministry/operations",
    "gh variable set OPENSPP_PROJECT_DIRECTORY --body '/srv/it'\\''s here' --repo ministry/operations",
    "gh variable set OPENSPP_SSH_HOST --body vps.example.org --repo ministry/operations",
  ]);
});

it("hold no secret in an argv", () => {
  const argv = repositorySettings(SETTINGS).flatMap((one) =>
    ghArguments(one, "ministry/operations"),
  );
  expect(argv.length).toBeGreaterThan(50);
  expect(argv.join(" ")).not.toContain("PRIVATE");
});
