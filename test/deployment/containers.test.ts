import { expect, test } from "vitest";
import { environmentOf, parseInspection, stateOf } from "../../src/deployment/containers.ts";

test("the host's clock, its cores, the configuration and the containers are read from what it prints", () => {
  expect(
    parseInspection('1768442400\n4\n{ "name": "prod" }\n2\n[\n  {"Name": "/a\\n"}\n]\n'),
  ).toEqual({
    hostEpochSeconds: 1_768_442_400,
    cores: 4,
    config: { name: "prod" },
    leftoverContainers: 2,
    containers: [{ Name: "/a\n" }],
  });
});

test("a host that does not know its cores has one", () => {
  expect(parseInspection("1768442400\n\n{}\n0\n[]\n").cores).toBe(1);
});

test("of a configuration alone, dollar signs are undoubled and empty variables left out", () => {
  const environment = { PASSWORD: "a$$b$$$$c", EMPTY: "", UNSET: null };
  expect(environmentOf({ environment }, undefined)).toEqual({ PASSWORD: "a$b$$c" });
});

test("a service that is not there has no environment", () => {
  expect(environmentOf(undefined, undefined)).toEqual({});
});

test("a container that was not created has a state, too", () => {
  expect(stateOf(undefined)).toBe("not created");
});
