import { expect, it } from "vitest";
import { type ChatMessage, webhookPayload } from "../../src/report/webhook-message.ts";

const MESSAGE: ChatMessage = {
  state: "red",
  title: "The restore drill fails",
  sentence: "1 table differs: `res_users`",
  url: "https://github.com/ministry/operations/issues/1",
  repository: "ministry/operations",
};

/** What a hostile table could be called. */
const HOSTILE = { ...MESSAGE, sentence: "<!channel> @all [x](https://evil) **b**" };

it("is plain JSON for whoever reads JSON", () => {
  expect(webhookPayload("generic", MESSAGE)).toEqual(MESSAGE);
});

it("is what Slack shows, and calls nobody", () => {
  expect(webhookPayload("slack", MESSAGE)).toEqual({
    text: "❌ *The restore drill fails* (ministry/operations)\n1 table differs: `res_users`\n<https://github.com/ministry/operations/issues/1|Open on GitHub>",
    unfurl_links: false,
  });
  expect(JSON.stringify(webhookPayload("slack", HOSTILE))).toContain("&lt;!channel&gt;");
});

it("is an adaptive card for Teams", () => {
  expect(webhookPayload("teams", { ...MESSAGE, state: "green" })).toEqual({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            {
              type: "TextBlock",
              text: "✅ The restore drill fails",
              wrap: true,
              weight: "bolder",
              size: "medium",
            },
            { type: "TextBlock", text: "1 table differs: \\`res\\_users\\`", wrap: true },
            { type: "TextBlock", text: "ministry/operations", wrap: true, isSubtle: true },
          ],
          actions: [
            {
              type: "Action.OpenUrl",
              title: "Open on GitHub",
              url: "https://github.com/ministry/operations/issues/1",
            },
          ],
        },
      },
    ],
  });
});

it("is what Mattermost shows, and calls nobody", () => {
  expect(webhookPayload("mattermost", MESSAGE)).toEqual({
    text: "❌ **The restore drill fails** (ministry/operations)\n1 table differs: \\`res\\_users\\`\n[Open on GitHub](https://github.com/ministry/operations/issues/1)",
  });
  const { text } = webhookPayload("mattermost", HOSTILE) as { text: string };
  expect(text).toContain("\\<\\!channel\\> @\u200ball \\[x\\]\\(https://evil\\) \\*\\*b\\*\\*");
});
