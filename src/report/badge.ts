import { escapeMarkup } from "./escape.ts";

/** A badge: what it is about, what it says, and in which colour. */
export interface Badge {
  readonly label: string;
  readonly message: string;
  readonly colour: BadgeColour;
}

export type BadgeColour = keyof typeof COLOURS;

const COLOURS = { green: "#17694a", grey: "#6b7177", red: "#b3261e" } as const;

/** Height, and padding at each side of a text, in pixels. */
const HEIGHT = 20;
const PADDING = 7;

/** Widths of Verdana's characters at 11 pixels. Another font is stretched to the same length. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[il]/, 3],
  [/[ fjt.,:;']/, 4.1],
  [/[r-]/, 4.8],
  [/[csz]/, 5.8],
  [/[mwMW]/, 10],
  [/[A-Z]/, 7.6],
];
const ORDINARY = 6.9;

/** A whole SVG file. */
export function badgeSvg({ label, message, colour }: Badge): string {
  const [left, right] = [widthOf(label), widthOf(message)];
  const text = (content: string, start: number, width: number) =>
    `<text x="${start + PADDING}" y="14" textLength="${width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${escapeMarkup(content)}</text>`;
  const title = escapeMarkup(`${label}: ${message}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="round"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath>`,
    '<g clip-path="url(#round)">',
    `<rect width="${left}" height="${HEIGHT}" fill="#3b4046"/>`,
    `<rect x="${left}" width="${right}" height="${HEIGHT}" fill="${COLOURS[colour]}"/>`,
    "</g>",
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(label, 0, left),
    text(message, left, right),
    "</g>",
    "</svg>\n",
  ].join("\n");
}

/** shields.io asks again after this many seconds; its minimum is 300. */
const CACHE_SECONDS = 300;

/** The JSON that shields.io reads from an address (https://shields.io/badges/endpoint-badge). */
export function badgeEndpoint({ label, message, colour }: Badge): string {
  const badge = { schemaVersion: 1, label, message, color: COLOURS[colour] };
  const isError = colour === "red" ? { isError: true } : {};
  return `${JSON.stringify({ ...badge, ...isError, cacheSeconds: CACHE_SECONDS }, null, 2)}\n`;
}

function widthOf(text: string): number {
  const widths = text
    .split("")
    .map((character) => WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? ORDINARY);
  return Math.round(widths.reduce((sum, width) => sum + width, 0)) + 2 * PADDING;
}
