// Writes docs/link.md from the table of link states.
import { writeFile } from 'node:fs/promises';
import { LINK_PAGE, linkPage } from './books/linkPage.ts';

await writeFile(new URL(`../${LINK_PAGE}`, import.meta.url), linkPage());
