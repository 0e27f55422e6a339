// The package in words: a page for admins and reviewers, made of the labels, descriptions and help texts of the metadata
// itself, so that it cannot say anything else than what Setup shows.
import { format, resolveConfig } from 'prettier';
import { readFlows } from './flows.ts';
import { readObjects, type ObjectKind } from './objects.ts';
import { groupTexts, permissionTexts, signInTexts } from './page/access.ts';
import { flowText } from './page/flows.ts';
import { objectText } from './page/objects.ts';
import {
  actionTexts,
  appTexts,
  componentTexts,
  dashboardTexts,
  pageTexts,
  promptTexts,
  reportTexts,
} from './page/screens.ts';
import { labelTexts } from './page/texts.ts';
import { filesOf, type PackageSource } from './source.ts';
import { textOf } from './xml.ts';

const INTRODUCTION = `# The package

What \`force-app\` installs into an org, in the words that Setup shows. API names are given without the namespace \`sellfire\`, which an installed package puts in front of them (\`sellfire__Phase__c\`). What a package cannot grant is in [Setting up Salesforce](salesforce-setup.md). This page is written by \`node scripts/describePackage.ts\`; edit the metadata, not the page.
`;

/** Markdown, formatted as the repository's Prettier does. `page` is the path it is written to. */
export async function describePackage(source: PackageSource, page: string): Promise<string> {
  const objects = [...readObjects(source).values()];
  const ofKind = (kind: ObjectKind): string[] =>
    objects.filter((one) => one.kind === kind).map((one) => objectText(one, source));
  const sections: [title: string, parts: string[]][] = [
    ['Fields on standard objects', ofKind('standard')],
    ['Objects', ofKind('record')],
    ['Platform events', ofKind('event')],
    ['Flows', readFlows(source).map(flowText)],
    ['Change data channel', channelTexts(source)],
    ['Permission sets', permissionTexts(source)],
    ['Permission set groups', groupTexts(source)],
    ['Sign-in of the bridge', signInTexts(source)],
    ['App', appTexts(source)],
    ['Pages', pageTexts(source)],
    ['Components', componentTexts(source)],
    ['Actions', actionTexts(source)],
    ['In-app guidance', promptTexts(source)],
    ['Reports', reportTexts(source)],
    ['Dashboard', dashboardTexts(source)],
    ['Texts', labelTexts(source)],
  ];
  const text = sections
    .filter(([, parts]) => parts.length > 0)
    .map(([title, parts]) => [`## ${title}`, ...parts].join('\n\n'));
  return format([INTRODUCTION, ...text].join('\n\n'), { ...(await resolveConfig(page)), parser: 'markdown' });
}

function channelTexts(source: PackageSource): string[] {
  const members = filesOf(source, 'PlatformEventChannelMember');
  return filesOf(source, 'PlatformEventChannel').map(({ name, root }) => {
    const entities = members
      .filter((member) => textOf(member.root, 'eventChannel') === name)
      .map((member) => `\`${textOf(member.root, 'selectedEntity') ?? ''}\``);
    return `${textOf(root, 'label') ?? ''} (\`${name}\`) carries ${entities.join(', ')}. No event is enriched.`;
  });
}
