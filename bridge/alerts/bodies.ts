// Writes an alert as the receiver of the webhook expects it: signed JSON of our own, the message of a Slack webhook, or the card of a
// Teams workflow. Nothing in an alert's text becomes a link, a mention or markup there.
// Source: Slack, "Formatting text for app surfaces"; Microsoft, "Create incoming webhooks with Workflows for Microsoft Teams".
import type { AlertMessage } from '../model/alert.ts';
import { cutText, oneLine } from '../model/text.ts';

export const WEBHOOK_FORMATS = ['json', 'slack', 'teams'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

export interface AlertOrg {
  id: string;
  name: string;
}

/** Slack cuts a text at 40,000 characters and Teams refuses a message above 28 KB; nobody reads more in a chat. */
const LONGEST = 4_000;

/** @returns the JSON of the request */
export function alertBody(format: WebhookFormat, message: AlertMessage, org: AlertOrg): string {
  const { id, kind, state, at } = message;
  const title = cutText(oneLine(message.title), 200);
  const text = cutText(message.text, LONGEST);
  switch (format) {
    case 'slack':
      return JSON.stringify({ text: `*${slackText(title)}*\n${slackText(text)}\n_${slackText(oneLine(org.name))}_` });
    case 'teams':
      return JSON.stringify(teamsMessage(title, text, oneLine(org.name)));
    case 'json':
      return JSON.stringify({ id, kind, state: state ?? null, title, text, at: new Date(at).toISOString(), org });
  }
}

/** Slack reads links, mentions and commands to everybody between angle brackets only. */
function slackText(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // A character of no width behind it keeps an address from becoming a link, and a sign from becoming markup.
      .replaceAll(/[*_~`]/g, '$&\u200b')
  );
}

function teamsMessage(title: string, text: string, org: string): object {
  const block = (words: string, more: object = {}): object => ({
    type: 'TextBlock',
    text: words.replaceAll(/[\\`*_{}[\]()#+|<>~-]/g, String.raw`\$&`).replaceAll('\n', '\n\n'),
    wrap: true,
    ...more,
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [block(title, { weight: 'Bolder', size: 'Medium' }), block(text), block(org, { isSubtle: true })],
        },
      },
    ],
  };
}
