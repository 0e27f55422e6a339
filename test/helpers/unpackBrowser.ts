// Unpacks the Chromium that npm brought, with its libraries and a font, into the folder for temporary files. A process of
// its own, because that folder is the only place the package unpacks to, and it is to be a private one (see browser.ts).
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

const packed = new URL('../bin/', import.meta.resolve('@sparticuz/chromium'));
for (const file of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'])
  await inflate(fileURLToPath(new URL(file, packed)));
