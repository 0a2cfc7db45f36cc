import { expect, test } from "vitest";
import { identifier, literal, qualified } from "../../src/checks/sql.ts";

test.each([
  ["res_partner", '"res_partner"'],
  ["UPPER", '"UPPER"'],
  ['say "hello"', '"say ""hello"""'],
  ["x'; DROP TABLE res_partner; --", `"x'; DROP TABLE res_partner; --"`],
  ["back\\slash", '"back\\slash"'],
  ["line\nbreak", '"line\nbreak"'],
])("the identifier %j is %s", (name, expected) => {
  expect(identifier(name)).toBe(expected);
});

test("schema and name are quoted apart, so that a dot in either is no separator", () => {
  expect(qualified("a.b", 'c"d')).toBe('"a.b"."c""d"');
});

test.each([
  ["openspp", "'openspp'"],
  ["it's", "'it''s'"],
  ["'; DROP DATABASE openspp; --", "'''; DROP DATABASE openspp; --'"],
  ["back\\slash", " E'back\\\\slash'"],
  ["\\'", " E'\\\\'''"],
  ["$1 $$", "'$1 $$'"],
  ["", "''"],
])("the literal %j is %s", (text, expected) => {
  expect(literal(text)).toBe(expected);
});
