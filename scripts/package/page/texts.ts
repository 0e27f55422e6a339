// What the page says of the texts themselves: which are labels, which are translated otherwise, and which cannot be.
import { filesOf, type PackageSource } from '../source.ts';
import { children, textOf } from '../xml.ts';
import { table } from './table.ts';

const WHERE = `English is what everything is written in; Spanish is there for whoever works in it.

- **Custom labels**, wherever the platform can show one: texts on Lightning pages and in components, the reasons that flows store, the words with which a flow refuses a save. An org can put words of its own over them (Setup, Override). A flow that an event starts runs as the user who published it, so what it stores is in the language of the integration user.
- **Translations of the metadata itself**, where no label can stand: names and help texts of objects and fields, values, messages of validation rules, actions, sections of layouts, related lists, the app, reports and their types, the dashboard, flows, in-app guidance.
- **English in every language**, since the Metadata API has no translation for them: names of list views, Lightning pages, permission sets, headings inside the dashboard, and all descriptions in Setup. Phases, event names and codes are names and stay as they are.`;

export function labelTexts(source: PackageSource): string[] {
  const labels = filesOf(source, 'CustomLabels').flatMap(({ root }) => children(root, 'labels'));
  return [
    WHERE,
    table(
      ['Label', 'Where it appears'],
      labels.map((label) => [`\`${textOf(label, 'fullName') ?? ''}\``, textOf(label, 'shortDescription') ?? '']),
    ),
  ];
}
