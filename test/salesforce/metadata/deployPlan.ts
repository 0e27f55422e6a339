// Everything that a package would do to an org: read and checked at once against the org as it would be, and applied only if
// nothing is refused.
// Source: Metadata API Developer Guide, "Deploying and Retrieving Metadata".
import { parseFlow } from '../flows/parse.ts';
import { checkFlow } from '../flows/check.ts';
import { flowAutomation } from '../flows/automation.ts';
import type { Flow } from '../flows/model.ts';
import { eventBus } from '../pubsub/bus.ts';
import type { Channel, ChannelMember } from '../pubsub/channels.ts';
import type { EventsOrg, NotificationTypeDefinition } from '../pubsub/org.ts';
import type { AssignmentRule } from '../assignmentRules.ts';
import { readAssignmentRules } from './assignmentRules.ts';
import { checkCalculation, summarizedType } from './calculations.ts';
import { beyondAllocation, readChannel, readMember } from './channels.ts';
import type { DeployResults } from './deployResults.ts';
import { readValueSet } from './fields.ts';
import { installedIn } from './installed.ts';
import { labelOf, labelsIn } from './labels.ts';
import { checkFlowElements, checkNames, checkPicklistValues } from './names.ts';
import { checkRecordType, readObject, type ObjectReading } from './objects.ts';
import { elementOf } from './package.ts';
import { checkStored } from './pages.ts';
import { readPermissionSet } from './permissionSets.ts';
import { foreignName, namesOf, namesOfField, namesOfStored, sourceFieldName, type Prepared } from './prepared.ts';
import { prospectOf } from './prospect.ts';
import { checkRule } from './validationRules.ts';
import { childrenOf, flagOf, textOf, type Element } from './xml.ts';

const INTERPRETED = new Set([
  'GlobalValueSet',
  'CustomObject',
  'PlatformEventChannel',
  'PlatformEventChannelMember',
  'Flow',
  'CustomLabels',
  'AssignmentRules',
]);

const readNotificationType = (name: string, element: Element): NotificationTypeDefinition => ({
  name,
  label: textOf(element, 'masterLabel') ?? name,
  description: textOf(element, 'description') ?? null,
  desktop: flagOf(element, 'desktop'),
  mobile: flagOf(element, 'mobile'),
});

/** Everything that the package would do, checked on construction. */
export class DeployPlan {
  private readonly org: EventsOrg;
  private readonly files: readonly Prepared[];
  private readonly objects: ObjectReading[] = [];
  private readonly valueSets: ReturnType<typeof installedIn>['valueSets'];
  private readonly channels: Omit<Channel, 'members'>[] = [];
  private readonly members: ChannelMember[] = [];
  private readonly flows: Flow[] = [];
  private readonly assignments: AssignmentRule[] = [];

  constructor(org: EventsOrg, files: readonly Prepared[], namespace: string | undefined, results: DeployResults) {
    this.org = org;
    this.files = files;
    const installed = installedIn(org);
    this.valueSets = new Map(installed.valueSets);
    const isNew = (file: Prepared): boolean => installed.get(file.type, file.fullName) === undefined;
    const source = (file: Prepared): { type: string; fullName: string; fileName: string } => ({
      type: file.type,
      fullName: file.sourceName,
      fileName: file.fileName,
    });
    /** Reads each file of a type; one that is no XML of the type fails alone. */
    const each = (type: string, read: (file: Prepared, element: Element) => string[]): void => {
      for (const file of this.files.filter((candidate) => candidate.type === type)) {
        let problems: string[];
        try {
          const element = elementOf(file, type);
          const foreign = foreignName(file.fullName, namespace);
          problems = [...(foreign.length > 0 ? foreign : namesOf(file, element)), ...read(file, element)];
        } catch (error) {
          problems = [(error as Error).message];
        }
        results.settle(source(file), isNew(file), problems);
      }
    };

    each('GlobalValueSet', (file, element) => {
      this.valueSets.set(file.fullName, readValueSet(element));
      return checkPicklistValues(childrenOf(element, 'customValue'));
    });
    const readings: { file: Prepared; element: Element; reading: ObjectReading }[] = [];
    each('CustomObject', (file, element) => {
      const reading = readObject(file.fullName, element, org.schema, this.valueSets);
      readings.push({ file, element, reading });
      this.objects.push(reading);
      return reading.problems;
    });
    const prospect = prospectOf(org.schema, this.objects);
    for (const { file, element, reading } of readings) {
      const existing = org.schema.find(reading.object);
      const children = childrenOf(element, 'fields');
      for (const [index, { name, field, problem }] of reading.fields.entries()) {
        const old = existing && org.schema.field(existing, name);
        const problems = problem === undefined ? [] : [problem];
        problems.push(...namesOfField(name, children[index] ?? {}, namespace));
        const missing = field?.referenceTo.find((target) => !prospect.object(target));
        if (missing !== undefined)
          problems.push(`referenceTo value of '${missing}' does not resolve to a valid sObject type`);
        if (field) {
          problems.push(...checkCalculation(reading.object, field, prospect));
          Object.assign(field, summarizedType(field, prospect));
        }
        if (old && field && old.type !== field.type)
          problems.push(`Cannot change the type of the field from ${old.type} to ${field.type}.`);
        const component = {
          type: 'CustomField',
          fullName: `${file.sourceName}.${sourceFieldName(name, namespace)}`,
          fileName: file.fileName,
        };
        results.settle(component, old === undefined, problems);
      }
      for (const { name, rule, problem } of reading.rules) {
        const problems = problem === undefined ? [] : [problem];
        problems.push(...checkNames('ValidationRule', sourceFieldName(name, namespace), {}));
        if (rule) problems.push(...checkRule(rule, prospect));
        const fullName = `${file.sourceName}.${sourceFieldName(name, namespace)}`;
        results.settle({ type: 'ValidationRule', fullName, fileName: file.fileName }, isNew(file), problems);
      }
      for (const type of reading.recordTypes) {
        const fullName = `${file.sourceName}.${type.developerName}`;
        const problems = checkRecordType(type, prospect);
        results.settle({ type: 'RecordType', fullName, fileName: file.fileName }, isNew(file), problems);
      }
      for (const { type, name } of reading.others) {
        results.pass({ type, fullName: `${file.sourceName}.${name}`, fileName: file.fileName }, isNew(file));
      }
    }

    const bus = eventBus(org);
    each('PlatformEventChannel', (file, element) => {
      const { channel, problems } = readChannel(file.fullName, element);
      this.channels.push(channel);
      return problems;
    });
    const channelExists = (name: string): boolean =>
      bus.channels.get(name) !== undefined || this.channels.some((channel) => channel.name === name);
    each('PlatformEventChannelMember', (file, element) => {
      const { member, problems } = readMember(file.fullName, element, prospect, channelExists);
      this.members.push(member);
      const beyond = namespace ? [] : beyondAllocation(bus.channels, this.members);
      if (beyond.includes(member))
        problems.push('You have reached the limit of 5 entities selected for Change Data Capture.');
      return problems;
    });
    const hasLabel = (name: string): boolean =>
      labelOf(org, name) !== undefined ||
      this.files.some((file) => file.type === 'CustomLabels' && labelsIn(file).has(name));
    each('Flow', (file, element) => {
      const { flow, problems } = parseFlow(file.fullName, element);
      this.flows.push(flow);
      const refused = [...problems, ...checkFlowElements(element)];
      return refused.length > 0 ? refused : checkFlow(flow, prospect, hasLabel);
    });

    each('AssignmentRules', (file, element) => {
      const { rules, problems } = readAssignmentRules(file.fullName, element, {
        prospect,
        user: (username) => org.users.find(username),
      });
      this.assignments.push(...rules);
      return problems;
    });

    // Inside a package its own components go by the names of the source.
    const exists = (type: string, name: string): boolean =>
      [name, ...(namespace ? [`${namespace}__${name}`] : [])].some((one) => installed.get(type, one) !== undefined) ||
      this.files.some((file) => file.type === type && (file.fullName === name || file.sourceName === name));
    each('CustomLabels', (_file, element) =>
      childrenOf(element, 'labels').flatMap((label) => {
        const name = textOf(label, 'fullName');
        if (!name || textOf(label, 'value') === undefined) return ['A label needs a fullName and a value.'];
        return checkNames('CustomLabel', sourceFieldName(name, namespace), label);
      }),
    );
    for (const file of this.files) {
      if (INTERPRETED.has(file.type)) continue;
      const problems = checkStored(file, { prospect, exists });
      results.settle(source(file), isNew(file), problems.length > 0 ? problems : namesOfStored(file));
    }
  }

  /** Only after every check passed: nothing here can be refused any more. */
  apply(): void {
    const { org } = this;
    const installed = installedIn(org);
    for (const [name, values] of this.valueSets) installed.valueSets.set(name, values);
    for (const { definition } of this.objects) if (definition) org.schema.define(definition);
    for (const { object, fields } of this.objects) {
      for (const { field } of fields) if (field) org.schema.addField(object, field);
    }
    for (const { rules } of this.objects) {
      for (const { rule } of rules) if (rule) org.validation.install(rule);
    }
    for (const { recordTypes } of this.objects) for (const type of recordTypes) org.recordTypes.define(type);
    for (const rule of this.assignments) org.assignments.install(rule);
    const bus = eventBus(org);
    for (const channel of this.channels) bus.channels.define(channel);
    for (const member of this.members) bus.channels.select(member);
    const automation = flowAutomation(org);
    for (const flow of this.flows) automation.install(flow);
    for (const file of this.files) {
      const { type, fullName, fileName, text, content } = file;
      if (type === 'PermissionSet') org.installPermissionSet(readPermissionSet(fullName, elementOf(file, type)));
      if (type === 'CustomNotificationType')
        org.installNotificationType(readNotificationType(fullName, elementOf(file, type)));
      installed.put({ type, fullName, fileName, text, ...(content ? { content } : {}), at: org.clock() });
    }
  }
}
