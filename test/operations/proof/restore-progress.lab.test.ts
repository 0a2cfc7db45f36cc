import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { ServerError, type Session } from "../../../src/database/session.ts";
import { whileLoggingProgress } from "../../../src/operations/proof/restore-progress.ts";
import { Journal } from "../../../src/report/journal.ts";
import { openSession } from "../../database/lab-session.ts";
import { sharedLab } from "../../lab/shared.ts";
import { KeptLog } from "../on-lab.ts";

/** A log that keeps how far a step was told to be. */
class ToldLog extends KeptLog {
  readonly told: { fraction: number; what: string }[] = [];
  readonly first = Promise.withResolvers<void>();
  override progress(fraction: number, what: string): void {
    this.told.push({ fraction, what });
    this.first.resolve();
  }
}

let session: Session;
let bytes: number;

beforeAll(async () => {
  session = await openSession(await sharedLab("strict"));
  bytes = Number(await session.value("SELECT pg_database_size(current_database())"));
});

afterAll(() => session.close());

const journalOf = (log: ToldLog) => ({ journal: new Journal(log, systemClock) });

test("a restore is told by the size that its database has, of that which the source had", async () => {
  const log = new ToldLog();
  const restoring = log.first.promise.then(() => "restored");
  expect(await whileLoggingProgress(journalOf(log), 2e9, { session, restoring })).toBe("restored");
  expect(log.told).toEqual([
    { fraction: expect.closeTo(bytes / 2e9, 3), what: "of about 2 GB restored" },
  ]);
});

test("a restore that fails is not held up, and its own failure is told", async () => {
  const restoring = Promise.reject(new Error("pg_restore ended"));
  const whole = whileLoggingProgress(journalOf(new ToldLog()), 2e9, { session, restoring });
  await expect(whole).rejects.toThrow("pg_restore ended");
});

test("of a size that is not known nothing is told", async () => {
  const log = new ToldLog();
  const restoring = session.value("SELECT pg_sleep(2.5)");
  await whileLoggingProgress(journalOf(log), 0, { session, restoring });
  expect(log.told).toEqual([]);
});

test("a session that is lost meanwhile does not end the restore", async () => {
  const lost = await openSession(await sharedLab("strict"));
  const gone = lost.value("SELECT pg_terminate_backend(pg_backend_pid())");
  await expect(gone).rejects.toThrow(ServerError);
  const restoring = session.value("SELECT pg_sleep(2.5)").then(() => "restored");
  const whole = whileLoggingProgress(journalOf(new ToldLog()), 2e9, { session: lost, restoring });
  expect(await whole).toBe("restored");
});
