import { expect, it } from "vitest";
import { code, prose, table } from "../../src/report/markdown.ts";

it.each([
  ["res_partner", "`res_partner`"],
  ["a`b", "``a`b``"],
  ["`a``b`", "``` `a``b` ```"],
  ["a|b", "`a\\|b`"],
  [" a ", "`  a  `"],
  ["a\nb", "`a\\u{a}b`"],
  ["<b>&amp;", "`<b>&amp;`"],
  ["", "<code></code>"],
])("shows the name %j as it is", (name, markdown) => {
  expect(code(name)).toBe(markdown);
});

it.each([
  ["12 of 13 tables.", "12 of 13 tables."],
  ["`res_users` differs.", "`res_users` differs."],
  ["a * b [c](d) ~e~ | $f$", "a \\* b \\[c\\](d) \\~e\\~ \\| \\$f\\$"],
  ["res_partner _x_", "res_partner \\_x\\_"],
  ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["an `unpaired <b>", "an \\`unpaired &lt;b&gt;"],
  ["a\nb\rc", "a<br>b\\\\u{d}c"],
  ["@octocat, (@org/team) é@x", "@\u200boctocat, (@\u200borg/team) é@\u200bx"],
  ["`db`@octocat `@octocat`", "`db`@\u200boctocat `@octocat`"],
  ["rsync backup@remote.example.org: @ home", "rsync backup@remote.example.org: @ home"],
])("shows the sentence %j as it is, code where it marks code", (sentence, markdown) => {
  expect(prose(sentence)).toBe(markdown);
});

it("aligns numbers to the right", () => {
  expect(table(["Name", "Rows:"], [["a", "1"]])).toBe("| Name | Rows |\n| --- | ---: |\n| a | 1 |");
});
