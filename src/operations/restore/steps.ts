import { program } from "../../commands/command.ts";
import type { Planned, Step } from "./step.ts";
import { create, dress, fill, look, prove, stage } from "./steps-beside.ts";
import { dropProduction, exchange, fillVacancy, start, stop } from "./steps-live.ts";

const SAFETY: Step = {
  title: "Take a safety backup, unless it is declined",
  text: "",
  commands: [program(["openspp-backup", "backup"])],
};

/** Given what a restore is planned from, return its steps in order: by the builders that the restore itself uses. */
export function restoreSteps(planned: Planned): readonly Step[] {
  const { production, strategy, picks } = planned;
  const restored = [create(planned), fill(planned), prove(planned), ...stage(planned)];
  const dressed = production ? [dress(planned)] : [];
  const live = [exchange(planned), start(planned)];
  if (strategy === "copy") return [look(planned), ...restored];
  if (strategy === "replace" && production) {
    const [created, ...filled] = restored as [Step, ...Step[]];
    const first = [look(planned), SAFETY, created, stop(planned), dropProduction(planned)];
    return [...first, ...filled, ...dressed, ...live];
  }
  const vacancy = picks === "any archive" ? [fillVacancy(planned)] : [];
  return [look(planned), ...restored, ...dressed, stop(planned), ...vacancy, ...live];
}
