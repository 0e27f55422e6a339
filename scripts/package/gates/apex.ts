// The package is free of Apex: no class, trigger or Visualforce, and nothing that calls one. It installs without code
// coverage, without Apex limits, and with less to review.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Findings, type Gate } from '../gate.ts';
import { descendants } from '../xml.ts';

const APEX_FILE = /\.(cls|trigger|apex|page|component)(-meta\.xml)?$/;
const APEX_TYPES = ['ApexClass', 'ApexTrigger', 'ApexPage', 'ApexComponent', 'ApexTestSuite'];
/** Elements of a permission set that grant Apex. */
const APEX_ELEMENTS = ['classAccesses', 'pageAccesses', 'apexPluginCalls'];
const SCRIPT = /\.(js|ts)$/;

export const apexGate: Gate = {
  name: 'apex',
  promise: 'no file is Apex or calls it',
  async check(source) {
    const findings = new Findings('files');
    for (const file of source.files) {
      const calls = SCRIPT.test(file) && /@salesforce\/apex/.test(await readFile(join(source.directory, file), 'utf8'));
      findings.expect(!APEX_FILE.test(file) && !calls, `${file}: ${calls ? 'calls' : 'is'} Apex`);
    }
    for (const { path, root } of source.metadata) {
      if (!root) continue;
      const isApex = APEX_TYPES.includes(root.name);
      const uses = descendants(root).find(
        (one) => APEX_ELEMENTS.includes(one.name) || (one.name === 'actionType' && one.text === 'apex'),
      );
      if (isApex || uses) findings.problems.push(`${path}: <${uses?.name ?? root.name}> is Apex`);
    }
    return findings;
  },
};
