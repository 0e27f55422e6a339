// Pictures of a page in the sizes and themes that people have, as WebP files that are small enough for a book.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';

export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const;
export type Size = keyof typeof SIZES;

export const THEMES = ['slds1', 'slds2', 'slds2-dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Bytes of one picture. */
const MOST = 60_000;
/** Of the encoder, tried one after the other until the picture is small enough. */
const QUALITIES = [70, 50, 35, 20];

/** Only in the look: nothing of the page is loaded anew. */
export async function wear(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(async (name) => {
    document.documentElement.dataset['theme'] = name;
    // Colours fade from one to the other.
    await Promise.all(
      document.getAnimations().map((one) => one instanceof CSSTransition && one.finished.catch(() => 0)),
    );
  }, theme);
}

/** @returns its size in bytes @throws Error where it cannot be made small enough */
export async function takePicture(page: Page, file: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    for (const quality of QUALITIES) {
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
      const picture = Buffer.from(data, 'base64');
      if (picture.length > MOST) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, picture);
      return picture.length;
    }
  } finally {
    await session.detach();
  }
  throw new Error(`${file} does not fit into ${MOST} bytes.`);
}
