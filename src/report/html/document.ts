import { createHash } from "node:crypto";
import packageFile from "../../../package.json" with { type: "json" };
import type { Verdict } from "../check.ts";
import { html, Markup } from "./markup.ts";
import { STYLE } from "./style.ts";

export interface Document {
  readonly title: string;
  /** The page's one accent: a verdict's colour, or none where a verdict would become outdated. */
  readonly accent: Verdict | "neutral";
  readonly body: Markup;
  /** Shown at the end, in small print. */
  readonly note: string;
  /** A module of JavaScript. The page is complete without it. */
  readonly script: string;
}

/** One file of HTML that loads nothing from anywhere. */
export function document({ title, accent, body, note, script }: Document): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy(script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body class="${accent}">
<main>
${body}
</main>
<footer>
<p>${note}</p>
<p>openspp-backup ${packageFile.version}</p>
</footer>
<script type="module">${new Markup(script)}</script>
</body>
</html>
`.text;
}

/** Nothing in the file can load, send or run anything but its own style sheet and script. */
function policy(script: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
