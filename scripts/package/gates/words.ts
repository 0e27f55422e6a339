// Every text that a person sees is a custom label wherever the platform can show one there: in what flows write and refuse,
// on pages, and in components. Labels are translated in one place and can be reworded by a customer. Where the platform
// takes no label, its own translations do the work, and the gate of translations holds those (docs/package.md, "Texts").
import { readFlows } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';
import { readBundles } from '../lwc/bundles.ts';
import { compileBundle } from '../lwc/compile.ts';
import { filesOf, type PackageSource } from '../source.ts';
import { descendants, textOf, type XmlElement } from '../xml.ts';

const LETTER = /\p{L}/u;
/** Two words: a code or an API name is one. */
const PROSE = /\p{L}[,.:;]?\s+\p{L}/u;
const MERGE_FIELD = /\{![^}]*\}/g;
const QUOTED = /"([^"]*)"/g;
/** Elements of a flow that hold what people read. */
const READ_IN_FLOWS = ['text', 'errorMessage', 'fieldText', 'helpText'];
/** Properties of a page's component that hold what people read. */
const READ_ON_PAGES = ['title', 'label', 'text', 'richTextValue', 'header', 'message', 'description'];

export const wordsGate: Gate = {
  name: 'words',
  promise: 'what flows, pages and components show is a custom label, wherever the platform can show one',
  async check(source) {
    const findings = new Findings('texts');
    for (const flow of readFlows(source)) {
      for (const element of descendants(flow.xml)) checkElement(flow.path, element, findings);
    }
    for (const { path, root } of filesOf(source, 'FlexiPage')) {
      for (const property of descendants(root).filter((one) => one.name === 'componentInstanceProperties')) {
        if (!READ_ON_PAGES.includes(textOf(property, 'name') ?? '')) continue;
        expectLabels(path, textOf(property, 'value') ?? '', findings);
      }
    }
    await checkComponents(source, findings);
    return findings;
  },
};

function checkElement(path: string, { name, text }: XmlElement, findings: Findings): void {
  if (READ_IN_FLOWS.includes(name)) expectLabels(path, text, findings);
  if (name === 'stringValue') {
    findings.expect(!PROSE.test(text), `${path}: '${text}' is written out; make it a label`);
  }
  if (name !== 'expression') return;
  for (const [, quoted = ''] of text.matchAll(QUOTED)) {
    findings.expect(!PROSE.test(quoted), `${path}: '${quoted}' is written out in a formula; make it a label`);
  }
}

/** Nothing but labels, other merge fields and the signs between them. */
function expectLabels(path: string, text: string, findings: Findings): void {
  findings.expect(!LETTER.test(text.replace(MERGE_FIELD, '')), `${path}: '${text}' is written out; make it a label`);
}

async function checkComponents(source: PackageSource, findings: Findings): Promise<void> {
  for (const bundle of await readBundles(source)) {
    // Loaded where there is a component: it brings the TypeScript compiler.
    const { textsInScript, textsInTemplate } = await import('../lwc/visibleTexts.ts');
    const { templates } = await compileBundle(bundle);
    const visible = [
      ...[...templates].map(([file, root]) => [file, textsInTemplate(root)] as const),
      ...[...bundle.files]
        .filter(([file]) => file.endsWith('.ts'))
        .map(([file, text]) => [file, textsInScript(file, text)] as const),
    ];
    for (const [file, texts] of visible) {
      findings.expect(
        texts.length === 0,
        `${bundle.path}/${file}: '${texts.join("', '")}' is written out; make it a label`,
      );
    }
  }
}
