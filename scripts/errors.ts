// Writes docs/errors.md from the catalogue of codes.
import { writeFile } from 'node:fs/promises';
import { ERRORS_PAGE, errorsPage } from './books/errorsPage.ts';

await writeFile(new URL(`../${ERRORS_PAGE}`, import.meta.url), errorsPage());
