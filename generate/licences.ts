import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What a package says of itself, in package.json. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** Packages whose package.json does not name their licence, or not by its SPDX name. */
const SPDX_NAMES: Readonly<Record<string, string>> = {
  // The other packages of its author, from the same year and for the same program, are under MIT.
  buffers: "MIT",
  chainsaw: "MIT",
};

/** Shorter, it is the name of a licence and not its text. */
const SHORTEST_TEXT = 300;

/** Name, version and the whole text of the licence. Throws when there is no text: nobody may hand that on. */
export function licenceOf(folder: string): string {
  const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
  const spdx = SPDX_NAMES[own.name] ?? own.license;
  const text = licenceFile(folder) ?? licenceSection(folder) ?? standardText(own, spdx);
  if (text === undefined) throw new Error(`${own.name} ${own.version} has no text of its licence`);
  return `${own.name} ${own.version}: ${spdx}\n\n${text.replaceAll("\r\n", "\n").trim()}`;
}

function licenceFile(folder: string): string | undefined {
  return longEnough(textOf(folder, /^(licen[cs]e|copying)/i));
}

/** The section `License` of the README. */
function licenceSection(folder: string): string | undefined {
  const readme = textOf(folder, /^readme/i)?.replaceAll("\r\n", "\n") ?? "";
  const section = /^(?:#+ *licen[cs]e *|licen[cs]e\n[=-]+)\n(.*?)(?=^#|$(?![\s\S]))/ims.exec(
    readme,
  );
  return longEnough(section?.[1]);
}

function standardText({ author }: Package, spdx = ""): string | undefined {
  let text: string;
  try {
    text = createRequire(import.meta.url)(`spdx-license-list/licenses/${spdx}.json`).licenseText;
  } catch {
    return undefined;
  }
  const holder = typeof author === "string" ? author.replace(/ *[<(].*/, "") : author?.name;
  return text.replace(/<year> <[^>]*>/, holder ?? "its authors");
}

function textOf(folder: string, name: RegExp): string | undefined {
  const file = readdirSync(folder).find((one) => name.test(one));
  return file === undefined ? undefined : readFileSync(join(folder, file), "utf8");
}

function longEnough(text: string | undefined): string | undefined {
  return text !== undefined && text.length >= SHORTEST_TEXT ? text : undefined;
}
