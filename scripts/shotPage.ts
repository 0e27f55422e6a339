// Takes a picture of a page of the package as it stands on disk: an org with the package deployed and records in it, a
// browser signed in as whoever is named. Prints what the browser's console said.
//   node scripts/shotPage.ts /lightning/page/home home.png --user administrator --theme slds2-dark --width 390
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { launchBrowser } from '../test/helpers/browser.ts';
import { openPage } from '../test/salesforce/lightning/visit.ts';
import { startOrg, type RunningOrg } from '../test/salesforce/server.ts';

interface Options {
  user: 'admin' | 'administrator' | 'user' | 'outsider';
  theme: string;
  width: string;
  height: string;
  namespace?: string;
  language?: string;
  seed?: string;
  click?: string[];
  wait: string;
}

const program = new Command('shotPage')
  .argument('<path>', 'for example /lightning/n/Sellfire_Settings')
  .argument('<picture>', 'file to write, .png')
  .option('--user <who>', 'admin, administrator, user or outsider', 'administrator')
  .option('--theme <name>', 'slds1, slds2 or slds2-dark', 'slds1')
  .option('--width <pixels>', 'of the window', '1280')
  .option('--height <pixels>', 'of the window', '900')
  .option('--namespace <prefix>', 'deploy the package under it')
  .option('--language <code>', 'of the user: en_US or es', 'en_US')
  .option('--seed <module>', 'default export is called with the running org, before the page is opened')
  .option('--click <text...>', 'buttons, tabs or links to press one after the other, by the words on them')
  .option('--wait <ms>', 'before the picture is taken', '300')
  .parse();
const [path = '/', picture = 'page.png'] = program.args;
const options = program.opts<Options>();

const org = await startOrg({
  deploy: 'force-app',
  ...(options.namespace !== undefined && { namespace: options.namespace }),
});
const browser = await launchBrowser();
try {
  if (options.seed !== undefined) {
    const module = (await import(pathToFileURL(resolve(options.seed)).href)) as {
      default: (org: RunningOrg) => unknown;
    };
    await module.default(org);
  }
  const page = await openPage(browser, org, path, {
    user: org.users[options.user],
    theme: options.theme,
    language: options.language ?? 'en_US',
    viewport: { width: Number(options.width), height: Number(options.height) },
  });
  for (const text of options.click ?? []) await page.press(text);
  await new Promise((done) => setTimeout(done, Number(options.wait)));
  await page.screenshot(picture);
  for (const line of page.console) console.log(line);
} finally {
  await browser.close();
  await org.close();
}
