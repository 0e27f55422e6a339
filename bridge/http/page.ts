// The bridge's own page, displayed when an org is connected: plain HTML without a script. Every inserted value is escaped, and the
// content security policy allows nothing but the page's own style.
import { createHash } from 'node:crypto';

/** HTML that is safe to put into HTML. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Part = string | Markup | Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function put(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return Array.isArray(part) ? part.map(({ text }) => text).join('') : part.text;
}

/** Escapes every inserted value, unless `html` made it. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + put(parts[index - 1] ?? '') + string));
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f3f4f6; --card: #fff; --text: #1b2330; --soft: #5a6474; --line: #e1e4ea; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161d; --card: #1b212b; --text: #e8ebf0; --soft: #a3adbd; --line: #303947; --good: #55c98b; --bad: #ff8f85; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 34rem; padding: 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 8px 30px rgb(0 0 0 / 8%); }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
p { margin: .5rem 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.25rem; margin: 1.25rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { display: grid; grid-template-columns: 1.75rem 1fr auto; column-gap: .5rem; overflow-wrap: anywhere; padding: .55rem 0; border-bottom: 1px solid var(--line); }
ul + p { margin-top: 1.25rem; }
li small { grid-column: 2 / -1; color: var(--soft); }
input { width: 100%; padding: .55rem .7rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button { padding: .55rem 1rem; font: inherit; font-weight: 600; color: #fff; background: var(--good); border: 0; border-radius: 8px; cursor: pointer; }
code { font-family: ui-monospace, monospace; }
.good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--soft); }
`;

/** In one piece, because the policy's digest is over every character between the tags. */
const STYLED = new Markup(`<style>${STYLE}</style>`);

/** The policy for the page: its style by digest, and nothing else; no frame may show it. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export function page(title: string, content: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Sellfire for Salesforce</title>
        ${STYLED}
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.text;
}
