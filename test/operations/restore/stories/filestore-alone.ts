import {
  BEGUN,
  FILESTORE_REMOVED,
  filestoreLive,
  firstRename,
  secondRename,
  stage,
  stopped,
  unpack,
  untouched,
} from "./deeds.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import type { Deed, Settled, Story } from "./story.ts";

/** When the services do not become healthy, it is taken back: that passes through states that are here already. */
export const FILESTORE_ALONE: Story = { name: "the filestore alone", deeds: filestoreDeeds() };

function filestoreDeeds(): readonly Deed[] {
  const alone = { alone: true } as const;
  const proven = "proven alone names-services";
  const removed = untouched(FILESTORE_REMOVED);
  const live: Settled = {
    production: "former",
    filestore: "restored",
    left: cutLeaves("serves", [], ["before", "live"], ["live alone"]),
    says: (site) => [filestoreLive(" To go back: openspp-backup restore --undo")(site)],
  };
  return [
    BEGUN,
    {
      done: "its record is written",
      make: (site) => site.remember(site.record({ ...alone, state: "staging" })),
      left: cutLeaves("serves", [], ["live"], ["staging alone"]),
      settled: removed,
    },
    {
      done: "it is being unpacked",
      make: unpack,
      left: cutLeaves("serves", [], ["live", "restore.part"], ["staging alone"]),
      settled: removed,
    },
    {
      done: "it is staged",
      make: stage,
      left: cutLeaves("serves", [], ["live", "restore"], ["staging alone"]),
      settled: removed,
    },
    {
      done: "it is proven, and the record names the services",
      make: (site) => site.remember(site.record({ ...alone, ...stopped(site), state: "proven" })),
      left: cutLeaves("serves", [], ["live", "restore"], [proven]),
      settled: live,
    },
    {
      done: "the services are stopped",
      services: "stopped",
      left: cutLeaves("serves", [], ["live", "restore"], [proven]),
      settled: live,
    },
    {
      done: "the live one has gone aside",
      make: firstRename,
      left: cutLeaves("serves", [], ["before", "restore"], [proven]),
      settled: live,
    },
    {
      done: "the restored one is live",
      make: secondRename,
      left: cutLeaves("serves", [], ["before", "live"], [proven]),
      settled: live,
    },
    {
      done: "the services run",
      services: "running",
      left: cutLeaves("serves", [], ["before", "live"], [proven]),
      settled: live,
    },
    {
      done: "the record says that it is live",
      make: (site) => site.remember(site.record({ ...alone, state: "live" })),
      left: live.left,
      settled: { ...live, says: () => [] },
    },
  ];
}
