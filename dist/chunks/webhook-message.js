import { n as escapeText } from "./escape.js";
// src/report/webhook-message.ts
/** What a chat shows, and the form that each chat wants. */
const WEBHOOK_FORMATS = [
	"slack",
	"teams",
	"mattermost",
	"generic"
];
const SIGNS = {
	red: "❌",
	green: "✅"
};
/** The body of the request, to be sent as JSON. */
function webhookPayload(format, message) {
	switch (format) {
		case "slack": return slack(message);
		case "teams": return teams(message);
		case "mattermost": return mattermost(message);
		case "generic": return message;
	}
}
/** Slack's own markup, in which `<!channel>` would call everybody (Slack, "Formatting message text"). */
function slack({ state, title, sentence, url, repository }) {
	return {
		text: `${SIGNS[state]} *${escapeText(title)}* (${escapeText(repository)})\n${escapeText(sentence)}\n<${url}|Open on GitHub>`,
		unfurl_links: false
	};
}
/** A webhook of Teams' Workflows takes an adaptive card; the older connectors were switched off. */
function teams({ state, title, sentence, url, repository }) {
	const plain = (text) => ({
		type: "TextBlock",
		text: withoutMarkdown(text),
		wrap: true
	});
	return {
		type: "message",
		attachments: [{
			contentType: "application/vnd.microsoft.card.adaptive",
			content: {
				$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
				type: "AdaptiveCard",
				version: "1.4",
				body: [
					{
						...plain(`${SIGNS[state]} ${title}`),
						weight: "bolder",
						size: "medium"
					},
					plain(sentence),
					{
						...plain(repository),
						isSubtle: true
					}
				],
				actions: [{
					type: "Action.OpenUrl",
					title: "Open on GitHub",
					url
				}]
			}
		}]
	};
}
function mattermost({ state, title, sentence, url, repository }) {
	return { text: `${SIGNS[state]} **${withoutMarkdown(title)}** (${withoutMarkdown(repository)})\n${withoutMarkdown(sentence)}\n[Open on GitHub](${url})` };
}
/** So that a table's name never becomes a link or a mention. */
function withoutMarkdown(text) {
	return text.replace(/[\\`*_{}[\]()#!|<>~]/g, "\\$&").replaceAll("@", "@​");
}
export { webhookPayload as n, WEBHOOK_FORMATS as t };
