// The frame of the org's own pages: sign-in, consent, errors.

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:10vh auto;padding:0 1rem;color:#181818}
input{display:block;width:100%;box-sizing:border-box;padding:.5rem;margin:.25rem 0 1rem;font:inherit}
button{padding:.5rem 1.5rem;font:inherit;margin-right:.5rem}.error{color:#ba0517}</style></head><body>${body}</body></html>`;
}
