// What axe finds on a page as it stands. It runs in a world of its own beside the page's scripts, where the shadow roots
// that LWC imitates are plain elements: what a screen reader meets, and nothing of the page is patched by it.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { target: unknown[]; failureSummary: string }[];
}

/**
 * Of the page alone: the frame around it is the local org's.
 * A dialog stands over a page that cannot be reached meanwhile, and is looked at instead of it.
 */
const RUN = `(async () => {
  // Colours fade from one to the other.
  await Promise.all(document.getAnimations().map((one) => one instanceof CSSTransition && one.finished.catch(() => 0)));
  const dialogs = document.querySelectorAll('[role="dialog"]');
  const context = dialogs.length > 0 ? { include: [...dialogs] } : document.querySelector('main') ?? document.body;
  // axe measures the distance of buttons to what lies behind the dialog as well, where nobody can press.
  const behind = dialogs.length > 0 ? document.querySelector('main') : null;
  if (behind) behind.style.visibility = 'hidden';
  const { violations } = await axe.run(context, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
    // Of the whole document, which is the frame's: its landmarks and its one first heading.
    rules: Object.fromEntries(['region', 'page-has-heading-one', 'landmark-one-main'].map((id) => [id, { enabled: false }])),
  });
  if (behind) behind.style.visibility = '';
  return JSON.stringify(violations);
})()`;

/** @returns one line each: the rule, the element, what is wrong */
export async function violationsOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'accessibility',
    });
    const evaluate = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await evaluate(axe.source);
    const violations = JSON.parse(String(await evaluate(RUN))) as Violation[];
    return violations.flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const summary = failureSummary.replaceAll(/\s+/g, ' ');
        return `${id} (${impact}): ${help} at ${target.join(' ')}: ${summary}`;
      }),
    );
  } finally {
    await session.detach();
  }
}
