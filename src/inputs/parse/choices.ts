import { Refused, shown } from "./refused.ts";

export function oneOf<const Word extends string>(
  ...words: readonly Word[]
): (text: string) => Word {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word === undefined) {
      throw new Refused(`is ${shown(text)}, but it can only be ${words.join(", ")}`);
    }
    return word;
  };
}

/** `yes` means `true`. */
export function either(yes: string, no: string): (text: string) => boolean {
  const word = oneOf(yes, no);
  return (text) => word(text) === yes;
}

/** `true` or `false`, as YAML spells them. */
export function boolean(text: string): boolean {
  return either("true", "false")(text.toLowerCase());
}

/** Undefined for `auto`: discovery decides. */
export function policy(text: string): "strict" | "flexible" | undefined {
  const word = oneOf("auto", "strict", "flexible")(text);
  return word === "auto" ? undefined : word;
}

/** As `pg_dump --compress` takes it. */
export function compression(text: string): string {
  if (
    !/^(?:none|gzip(?::[1-9])?|lz4(?::(?:[1-9]|1[0-2]))?|zstd(?::(?:[1-9]|1\d|2[0-2]))?)$/.test(
      text,
    )
  ) {
    throw new Refused(
      `is ${shown(text)}, but it can only be none, gzip:1 to gzip:9, lz4:1 to lz4:12 or zstd:1 to zstd:22`,
    );
  }
  return text;
}
