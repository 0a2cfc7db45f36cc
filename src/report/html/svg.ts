import { plot } from "@observablehq/plot";
import { DOMImplementation, XMLSerializer } from "@xmldom/xmldom";
import { Markup } from "./markup.ts";

/** Observable Plot draws into a document; this one is only ever in memory. */
const document = new DOMImplementation().createDocument("http://www.w3.org/1999/xhtml", "html");

/** As SVG. Screen readers read only `sentence`; the page's own style sheet sets the colours and fonts. */
export function chart(options: Parameters<typeof plot>[0], sentence: string): Markup {
  const svg = plot({
    ...options,
    className: "chart",
    document: document as never,
    ariaLabel: sentence,
  });
  for (const style of [...svg.getElementsByTagName("style")]) style.parentNode?.removeChild(style);
  for (const part of svg.getElementsByTagName("*")) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  return new Markup(new XMLSerializer().serializeToString(svg as never));
}
