// Validation rules refuse only what cannot work, and say what to do: each names fields that exist, uses plain functions,
// and has a message that fits.
import { Findings, type Gate } from '../gate.ts';
import { hasField, readObjects } from '../objects.ts';
import { filesOf } from '../source.ts';
import { textOf } from '../xml.ts';

/** Functions that the rules use: all of them known to be allowed in a validation rule. */
const FUNCTIONS = ['AND', 'OR', 'NOT', 'ISBLANK', 'ISPICKVAL', 'ISNEW', 'ISCHANGED', 'CONTAINS', 'BEGINS'];
/** The platform's limit for a message and a description. */
const LONGEST = 255;

export const rulesGate: Gate = {
  name: 'rules',
  promise: 'every validation rule is active, holds together and says what to do',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('names and texts');
    for (const { path, root } of filesOf(source, 'ValidationRule')) {
      const object = path.split('/').at(-3) ?? '';
      const formula = textOf(root, 'errorConditionFormula') ?? '';
      // Texts in the formula name no fields.
      const code = formula.replace(/"[^"]*"/g, '""');
      for (const [, name = '', call] of code.matchAll(/([A-Za-z]\w*)\s*(\()?/g)) {
        if (call) findings.expect(FUNCTIONS.includes(name), `${path}: ${name} is no function that the rules use`);
        else findings.expect(hasField(objects, object, name), `${path}: ${object}.${name} does not exist`);
      }
      findings.expect(count(code, '(') === count(code, ')'), `${path}: its brackets do not match`);
      const field = textOf(root, 'errorDisplayField');
      if (field !== undefined) {
        findings.expect(hasField(objects, object, field), `${path}: is displayed at ${field}, which does not exist`);
      }
      for (const text of ['errorMessage', 'description']) {
        const length = textOf(root, text)?.length ?? 0;
        findings.expect(length > 0 && length <= LONGEST, `${path}: its ${text} has not 1 to ${LONGEST} characters`);
      }
      findings.expect(textOf(root, 'active') === 'true', `${path}: is not active`);
    }
    return findings;
  },
};

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
