import { execFileSync } from "node:child_process";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { and, inContainer, inThrowaway, program } from "../../src/commands/command.ts";
import { pasteable, print, quote, script } from "../../src/commands/shell.ts";
import { SUPERVISOR } from "../../src/commands/supervise.ts";
import { Secret } from "../../src/secret.ts";

const password = new Secret("it's $HOME");

/** A word in the quotes of one shell more. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** The container's own script that reads its secrets. */
const READS =
  'until [ "$1" = -- ]; do IFS= read -r "$1"; export "$1"; shift; done; shift; exec "$@"';
const supervised = `sh -c ${quoted(SUPERVISOR)} supervisor`;

describe("quote", () => {
  test.each([
    ["pg_dump", "pg_dump"],
    ["--format=custom", "--format=custom"],
    ["/backups/daily/openspp_20260115_020000.dump", "/backups/daily/openspp_20260115_020000.dump"],
    ["", "''"],
    ["two words", "'two words'"],
    ["it's", "'it'\\''s'"],
    ["$(reboot)", "'$(reboot)'"],
    ["`reboot`", "'`reboot`'"],
    ["a\nb", "'a\nb'"],
    ["*", "'*'"],
    ["~", "'~'"],
    ["a;b", "'a;b'"],
    ["größe", "'größe'"],
    ["-", "-"],
    ["\\", "'\\'"],
  ])("%j becomes %s", (word, expected) => {
    expect(quote(word)).toBe(expected);
  });

  test("a real shell reads back every word as it was", () => {
    const words = [
      "",
      " ",
      "'",
      "''",
      '"',
      "\\",
      "\\'",
      "$x",
      "`x`",
      "!",
      "#",
      "\n",
      "\t",
      "ä",
      "*",
      "-e",
      "a=b",
      "{a,b}",
    ];
    const read = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(quote).join(" ")}`], {
      encoding: "utf8",
    });
    expect(read.split("\0").slice(0, -1)).toEqual(words);
  });

  test("a NUL byte has no place in a word", () => {
    expect(() => quote("a\0b")).toThrow(new TypeError("a shell word cannot hold a NUL byte"));
  });
});

describe("print", () => {
  test("a program", () => {
    expect(print(program(["pg_dump", "-Fc", "my db"]))).toBe("pg_dump -Fc 'my db'");
  });

  test("its environment and output, the secrets redacted", () => {
    const command = program(["pg_dump", "x"], {
      env: { PGUSER: "odoo", PGPASSWORD: password },
      output: "/tmp/a b",
    });
    expect(print(command)).toBe("PGUSER=odoo PGPASSWORD=[REDACTED] pg_dump x > '/tmp/a b'");
  });

  test("commands in a row", () => {
    expect(print(and(program(["sync"]), program(["mv", "a", "b"])))).toBe("sync && mv a b");
  });

  test("a program in a container", () => {
    const command = inContainer(
      "prod-db-1",
      program(["psql", "-c", "select 1"], { env: { PGPASSWORD: password } }),
    );
    expect(print(command)).toBe(
      "PGPASSWORD=[REDACTED] docker exec -e PGPASSWORD prod-db-1 psql -c 'select 1'",
    );
  });

  test("a program in a container that reads input", () => {
    expect(print(inContainer("db", program(["psql"], { input: "select 1" })))).toBe(
      "docker exec -i db psql",
    );
  });

  test("commands in a row in a container that differ in a variable each see their own", () => {
    const [one, other] = [new Secret("1"), new Secret("2")];
    const command = inContainer(
      "db",
      and(
        program(["a"], { env: { PGPASSWORD: one } }),
        program(["b"], { env: { PGPASSWORD: other, PGUSER: "odoo" } }),
        program(["c"], { env: { PGPASSWORD: one } }),
      ),
    );
    expect(print(command)).toBe(
      `PGPASSWORD=[REDACTED] PGPASSWORD_2=[REDACTED] PGUSER=odoo docker exec -e PGPASSWORD -e PGPASSWORD_2 -e PGUSER db sh -c 'a && PGPASSWORD="$PGPASSWORD_2" b && c'`,
    );
  });

  test("commands in a row in a container share its shell", () => {
    const command = inContainer(
      "db",
      and(program(["sync"]), program(["cat", "it's"], { output: "/b" })),
    );
    expect(print(command)).toBe(
      `docker exec db sh -c 'sync && cat '\\''it'\\''\\'\\'''\\''s'\\'' > /b'`,
    );
  });

  test("a name with an equals sign is a program, not an assignment", () => {
    expect(print(program(["a=b", "c=d"]))).toBe("'a=b' c=d");
  });
});

describe("pasteable", () => {
  const variables = new Map<Secret | string, string>([
    [password, "ADMIN_PASSWORD"],
    ["/backups/a b.tar.gz", "FILESTORE"],
  ]);

  test("secrets, and words that a person chooses, stand as variables; one line for each program", () => {
    const command = inContainer(
      "db",
      and(
        program(["psql", "it's"], { env: { PGPASSWORD: password } }),
        program(["tar", "-tf", "/backups/a b.tar.gz"]),
      ),
    );
    expect(pasteable(command, variables)).toBe(
      [
        `PGPASSWORD="$ADMIN_PASSWORD" docker exec -e PGPASSWORD db psql 'it'\\''s' &&`,
        `docker exec db tar -tf "$FILESTORE"`,
      ].join("\n"),
    );
  });

  test("a secret without a variable is none to be pasted", () => {
    const command = program(["psql"], { env: { PGPASSWORD: password } });
    expect(() => pasteable(command, new Map())).toThrow(
      new TypeError("a secret without a variable"),
    );
  });
});

describe("script", () => {
  test("a program runs under the supervisor", () => {
    expect(script(program(["echo", "a b"]))).toEqual({
      line: `exec sh -c ${quoted(`${supervised} echo 'a b'`)}`,
      secrets: [],
      input: undefined,
    });
  });

  test("a program with input runs without it, and reads the input", () => {
    expect(script(program(["cat"], { input: "hello" }))).toEqual({
      line: "exec sh -c cat",
      secrets: [],
      input: "hello",
    });
  });

  test("secrets are read from standard input into variables, each once", () => {
    const other = new Secret("other");
    const command = program(["x"], {
      env: { A: password, B: other, C: password, D: "plain" },
      input: "",
    });
    expect(script(command)).toEqual({
      line: `exec sh -c 'IFS= read -r secret_1; IFS= read -r secret_2; A="$secret_1" B="$secret_2" C="$secret_1" D=plain x'`,
      secrets: [password, other],
      input: "",
    });
  });

  test("commands in a row run under one supervisor, which hands the secrets on", () => {
    const command = and(program(["a"], { env: { P: password } }), program(["b"]));
    const row = quoted('P="$secret_1" a && b');
    expect(script(command).line).toBe(
      `exec sh -c ${quoted(`IFS= read -r secret_1; export secret_1; ${supervised} sh -c ${row}`)}`,
    );
  });

  test("an output is opened inside the supervision, by the same user", () => {
    expect(script(program(["date"], { output: "/tmp/now" })).line).toBe(
      `exec sh -c ${quoted(`${supervised} sh -c ${quoted("date > /tmp/now")}`)}`,
    );
  });

  test("in a container the supervisor stands beside the program", () => {
    const command = inContainer("db", program(["pg_dump", "x"], { env: { PGPASSWORD: password } }));
    expect(script(command).line).toBe(
      `exec sh -c ${quoted(
        `IFS= read -r secret_1; PGPASSWORD="$secret_1" docker exec -i -e PGPASSWORD db ${supervised} pg_dump x`,
      )}`,
    );
  });

  test("in a container a program with input is given it", () => {
    const command = inContainer("db", program(["psql"], { input: "select 1" }));
    expect(script(command)).toEqual({
      line: "exec sh -c 'docker exec -i db psql'",
      secrets: [],
      input: "select 1",
    });
  });

  test("a container made for one command goes with it, is never pulled, and is supervised inside", () => {
    const command = inThrowaway(
      "postgis:18",
      program(["rclone", "version"], { env: { P: password } }),
      {
        options: ["--network", "host"],
        prefix: ["chroot", "/host"],
      },
    );
    expect(script(command).line).toBe(
      `exec sh -c ${quoted(
        `docker run --rm --pull never --entrypoint '' -i --network host postgis:18 chroot /host sh -c ${quoted(READS)} sh P -- ${supervised} rclone version`,
      )}`,
    );
    expect(print(command)).toBe(
      "P=[REDACTED] docker run --rm --pull never --entrypoint '' -e P --network host postgis:18 chroot /host rclone version",
    );
  });

  test("what such a container reads its secrets with keeps the rest of its input", async () => {
    const shown = 'printf \'%s|%s|\' "$A" "$B_2"; cat';
    const { stdout } = await execa("sh", ["-c", READS, "sh", "A", "B_2", "--", "sh", "-c", shown], {
      input: " se cret\\n'\"$HOME\nother\nthe rest\n",
    });
    expect(stdout).toBe(" se cret\\n'\"$HOME|other|the rest");
  });

  test("a secret of such a container cannot hold a line break", () => {
    const env = { P: new Secret("two\nlines") };
    expect(() => script(inThrowaway("postgis:18", program(["a"], { env })))).toThrow(TypeError);
  });

  test("no line holds a secret", () => {
    const env = { PGPASSWORD: password };
    for (const command of [
      inThrowaway("postgis:18", program(["a"], { env })),
      program(["a"], { env }),
      program(["a"], { env, input: "" }),
      program(["a"], { env, output: "/o" }),
      and(program(["a"], { env }), program(["b"], { env })),
      inContainer("db", program(["a"], { env })),
      inContainer("db", and(program(["a"], { env }), program(["b"], { env }))),
    ]) {
      expect(script(command).line).not.toContain("HOME");
      expect(script(command).secrets).toEqual([password]);
    }
  });

  test("what a line of input cannot carry is refused", () => {
    const broken = program(["x"], { env: { P: new Secret("a\nb") } });
    expect(() => script(broken)).toThrow(new TypeError("a secret cannot hold a line break"));
  });

  test("a variable's name is a name", () => {
    const injected = program(["x"], { env: { "A;reboot": "1" } });
    expect(() => script(injected)).toThrow(new TypeError("not a variable's name: A;reboot"));
  });
});
