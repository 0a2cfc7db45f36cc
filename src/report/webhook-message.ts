import { escapeText } from "./escape.ts";

/** What a chat shows, and the form that each chat wants. */

export const WEBHOOK_FORMATS = ["slack", "teams", "mattermost", "generic"] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

export interface ChatMessage {
  readonly state: "red" | "green";
  readonly title: string;
  readonly sentence: string;
  /** URL of the run or the issue. */
  readonly url: string;
  /** As `owner/name`. */
  readonly repository: string;
}

const SIGNS = { red: "❌", green: "✅" } as const;

/** The body of the request, to be sent as JSON. */
export function webhookPayload(format: WebhookFormat, message: ChatMessage): object {
  switch (format) {
    case "slack":
      return slack(message);
    case "teams":
      return teams(message);
    case "mattermost":
      return mattermost(message);
    case "generic":
      return message;
  }
}

/** Slack's own markup, in which `<!channel>` would call everybody (Slack, "Formatting message text"). */
function slack({ state, title, sentence, url, repository }: ChatMessage): object {
  return {
    text: `${SIGNS[state]} *${escapeText(title)}* (${escapeText(repository)})\n${escapeText(sentence)}\n<${url}|Open on GitHub>`,
    unfurl_links: false,
  };
}

/** A webhook of Teams' Workflows takes an adaptive card; the older connectors were switched off. */
function teams({ state, title, sentence, url, repository }: ChatMessage): object {
  const plain = (text: string) => ({ type: "TextBlock", text: withoutMarkdown(text), wrap: true });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            { ...plain(`${SIGNS[state]} ${title}`), weight: "bolder", size: "medium" },
            plain(sentence),
            { ...plain(repository), isSubtle: true },
          ],
          actions: [{ type: "Action.OpenUrl", title: "Open on GitHub", url }],
        },
      },
    ],
  };
}

function mattermost({ state, title, sentence, url, repository }: ChatMessage): object {
  return {
    text: `${SIGNS[state]} **${withoutMarkdown(title)}** (${withoutMarkdown(repository)})\n${withoutMarkdown(sentence)}\n[Open on GitHub](${url})`,
  };
}

/** So that a table's name never becomes a link or a mention. */
function withoutMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#!|<>~]/g, "\\$&").replaceAll("@", "@\u200b");
}
