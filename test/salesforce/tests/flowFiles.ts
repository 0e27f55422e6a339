// Writes flows for tests as short as their point: elements by kind, values as they are meant.
import { xml } from './packages.ts';

type Value = string | number | boolean;

/** `$Record.X` and names in braces are references, all else literals: `ref('Find.Id')`, `'text'`, `5`. */
export const ref = (path: string): { ref: string } => ({ ref: path });
type Operand = Value | { ref: string };

function value(operand: Operand, tag = 'value'): string {
  if (typeof operand === 'object') return `<${tag}><elementReference>${operand.ref}</elementReference></${tag}>`;
  const kind = { string: 'stringValue', number: 'numberValue', boolean: 'booleanValue' }[typeof operand as 'string'];
  return `<${tag}><${kind}>${operand}</${kind}></${tag}>`;
}

const target = (tag: string, to: string | undefined): string =>
  to === undefined ? '' : `<${tag}><targetReference>${to}</targetReference></${tag}>`;
const links = ({ next, fault }: { next?: string; fault?: string }): string =>
  target('connector', next) + target('faultConnector', fault);

export const sets = (fields: Record<string, Operand>): string =>
  Object.entries(fields)
    .map(([field, operand]) => `<inputAssignments><field>${field}</field>${value(operand)}</inputAssignments>`)
    .join('');
export const filter = (field: string, operator: string, operand: Operand): string =>
  `<filters><field>${field}</field><operator>${operator}</operator>${value(operand)}</filters>`;

type Links = { next?: string; fault?: string };
export const element = (kind: string, name: string, content: string, to: Links = {}): string =>
  `<${kind}><name>${name}</name><label>${name}</label><locationX>0</locationX><locationY>0</locationY>${links(to)}${content}</${kind}>`;

export const create = (name: string, object: string, fields: Record<string, Operand>, to: Links = {}): string =>
  element('recordCreates', name, `${sets(fields)}<object>${object}</object>`, to);
export const find = (
  name: string,
  object: string,
  filters: string,
  to: Links = {},
  more = '<getFirstRecordOnly>true</getFirstRecordOnly>',
): string =>
  element(
    'recordLookups',
    name,
    `<filterLogic>and</filterLogic>${filters}<object>${object}</object>${more}<storeOutputAutomatically>true</storeOutputAutomatically>`,
    to,
  );

export interface Rule {
  name: string;
  left: string;
  operator: string;
  right: Operand;
  next?: string;
}
export const decide = (name: string, rules: Rule[], otherwise?: string): string =>
  element(
    'decisions',
    name,
    `${target('defaultConnector', otherwise)}<defaultConnectorLabel>Else</defaultConnectorLabel>${rules
      .map(
        (rule) =>
          `<rules><name>${rule.name}</name><conditionLogic>and</conditionLogic><conditions><leftValueReference>${rule.left}</leftValueReference><operator>${rule.operator}</operator>${value(rule.right, 'rightValue')}</conditions>${target('connector', rule.next)}<label>${rule.name}</label></rules>`,
      )
      .join('')}`,
  );
export const assign = (name: string, items: [string, string, Operand][], to: Links = {}): string =>
  element(
    'assignments',
    name,
    items
      .map(
        ([to_, operator, operand]) =>
          `<assignmentItems><assignToReference>${to_}</assignToReference><operator>${operator}</operator>${value(operand)}</assignmentItems>`,
      )
      .join(''),
    to,
  );

/** A flow that saves start. */
export function onSave(
  object: string,
  first: string,
  elements: string,
  trigger = 'CreateAndUpdate',
  start = '',
): string {
  return flow(
    elements,
    `${target('connector', first)}${start}<object>${object}</object><recordTriggerType>${trigger}</recordTriggerType><triggerType>${trigger === 'Delete' ? 'RecordBeforeDelete' : 'RecordAfterSave'}</triggerType>`,
  );
}

/** A flow that platform events start. */
export function onEvent(object: string, first: string, elements: string): string {
  return flow(
    elements,
    `${target('connector', first)}<object>${object}</object><triggerType>PlatformEvent</triggerType>`,
  );
}

export function flow(elements: string, start: string, status = 'Active'): string {
  return xml(
    'Flow',
    `<apiVersion>67.0</apiVersion>${elements}<label>Test Flow</label><processType>AutoLaunchedFlow</processType><start><locationX>0</locationX><locationY>0</locationY>${start}</start><status>${status}</status>`,
  );
}
