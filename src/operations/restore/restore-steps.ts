import { program } from "../../commands/command.ts";
import {
  applySettingsStep,
  createDatabaseStep,
  inspectBackupStep,
  inspectDatabaseStep,
  restoreArchiveStep,
  stageFilestoreSteps,
} from "./preparation-steps.ts";
import {
  createPlaceholderStep,
  dropProductionStep,
  exchangeNamesStep,
  startServicesStep,
  stopServicesStep,
} from "./production-steps.ts";
import type { RestoreStep, RestoreStepInput } from "./restore-step.ts";

const SAFETY_BACKUP_STEP: RestoreStep = {
  title: "Take a safety backup, unless it is declined",
  text: "",
  commands: [program(["openspp-backup", "backup"])],
};

/** The steps in order. They use the same command builders as the restore itself. */
export function restoreSteps(planned: RestoreStepInput): readonly RestoreStep[] {
  const { production, strategy, picks } = planned;
  const restored = [
    createDatabaseStep(planned),
    restoreArchiveStep(planned),
    inspectDatabaseStep(planned),
    ...stageFilestoreSteps(planned),
  ];
  const settingsSteps = production ? [applySettingsStep(planned)] : [];
  const live = [exchangeNamesStep(planned), startServicesStep(planned)];
  if (strategy === "copy") return [inspectBackupStep(planned), ...restored];
  if (strategy === "replace" && production) {
    const [created, ...filled] = restored as [RestoreStep, ...RestoreStep[]];
    const first = [
      inspectBackupStep(planned),
      SAFETY_BACKUP_STEP,
      created,
      stopServicesStep(planned),
      dropProductionStep(planned),
    ];
    return [...first, ...filled, ...settingsSteps, ...live];
  }
  const placeholderSteps = picks === "any archive" ? [createPlaceholderStep(planned)] : [];
  return [
    inspectBackupStep(planned),
    ...restored,
    ...settingsSteps,
    stopServicesStep(planned),
    ...placeholderSteps,
    ...live,
  ];
}
