import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Slots } from "../../src/host/slots.ts";

test("never more places are taken than there are, and who waits longest comes first", async () => {
  const slots = new Slots(2);
  const served: number[] = [];
  for (const guest of [1, 2, 3, 4]) void slots.take().then(() => served.push(guest));
  await turn();
  expect(served).toEqual([1, 2]);
  slots.giveBack();
  await turn();
  expect(served).toEqual([1, 2, 3]);
  slots.giveBack();
  slots.giveBack();
  slots.giveBack();
  await turn();
  expect(served).toEqual([1, 2, 3, 4]);
  await slots.take();
  await slots.take();
  const late = slots.take().then(() => "served");
  expect(await Promise.race([late, turn("waiting")])).toBe("waiting");
});
