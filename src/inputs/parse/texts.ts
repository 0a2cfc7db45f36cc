import { Secret } from "../../secret.ts";

export function text(given: string): string {
  return given;
}

/** No log may show it. */
export function secretText(given: string): Secret {
  return new Secret(given);
}

/** Items separated by commas or line breaks. */
export function list(given: string): readonly string[] {
  return given
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item.length > 0);
}
