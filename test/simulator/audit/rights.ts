// The rights of the connected user (M1): it reads, creates and edits what the parts that are on need, and nothing beyond.

export interface GivenRights {
  object: string;
  part: string;
  need: readonly string[];
  missing: readonly string[];
  excess: readonly string[];
  sentence: string;
}

/** What is on, and what the user may do. */
export interface Situation {
  settings: { activitySync: boolean; multiSite: boolean; createProducts: boolean };
  /** Whether a mapping is on at a sale. */
  sells: boolean;
  /** The customer's own objects that a sale makes records of. */
  made: readonly string[];
  /** By object. */
  access: Readonly<
    Record<string, { queryable: boolean; createable: boolean; updateable: boolean; deletable: boolean }>
  >;
  /** Fields of the package that the user may not write, by object. */
  hidden: Readonly<Record<string, readonly string[]>>;
  /** Objects of which no record can have the record type that it is to have. */
  untyped: readonly string[];
  /** New Accounts are persons. */
  onlyPersons: boolean;
}

const WRITE = ['read', 'create', 'edit'];
const MIRROR = [...WRITE, 'delete'];
/** A right to delete that comes with the right to edit. */
const IMPLIED = ['OpportunityLineItem', 'PricebookEntry', 'Task'];

/** By object: which part needs which rights, and whether the object is the customer's. */
function needed({ settings, sells, made }: Situation): Map<string, { part: string; need: string[]; isOwn: boolean }> {
  const needs = new Map<string, { part: string; need: string[]; isOwn: boolean }>();
  const add = (part: string, isOwn: boolean, need: string[], ...objects: string[]): void => {
    for (const object of objects) needs.set(object, { part, need, isOwn });
  };
  add('account', false, WRITE, 'Account');
  add('contact', false, WRITE, 'Contact');
  add('lead', false, WRITE, 'Lead');
  add('sale', false, WRITE, 'Opportunity', 'OpportunityLineItem', ...made);
  if (sells) {
    add('sale', false, ['read'], 'Pricebook2');
    add('sale', false, settings.createProducts ? ['read', 'create'] : ['read'], 'Product2', 'PricebookEntry');
  }
  if (settings.activitySync) add('activities', false, WRITE, 'Task');
  if (settings.multiSite) add('sites', true, WRITE, 'Site__c', 'Organization__c');
  add('package', true, ['read', 'edit'], 'Field_Mapping__c');
  add('package', true, ['read'], 'Sync_Settings__c', 'Sync_Request__c');
  add('package', true, MIRROR, 'Sellfire_Field__c', 'Mappable_Object__c', 'Sellfire_Rep__c');
  add('package', true, ['read', 'delete'], 'Integration_Report__c');
  add('package', true, ['create'], 'Integration_Report__e', 'Bridge_Status__e', 'Sync_Progress__e');
  return needs;
}

export function auditRights(situation: Situation, given: readonly GivenRights[]): string[] {
  const needs = needed(situation);
  const listed = given.map(({ object }) => object);
  const wrong = [...needs.keys()].filter((object) => listed.filter((one) => one === object).length !== 1);
  return [
    ...wrong.map((object) => `M1: the rights on ${object} are not said once.`),
    ...listed.filter((object) => !needs.has(object)).map((object) => `M1: nothing needs rights on ${object}.`),
    ...given.flatMap((one) => rightsOf(situation, one, needs.get(one.object))),
  ];
}

function rightsOf(
  { access, hidden, untyped, onlyPersons }: Situation,
  { object, part, need, missing, excess, sentence }: GivenRights,
  wanted: { part: string; need: string[]; isOwn: boolean } | undefined,
): string[] {
  if (!wanted) return [];
  const has = access[object];
  const may: Record<string, boolean> = {
    read: has?.queryable ?? false,
    create: has?.createable ?? false,
    edit: has?.updateable ?? false,
    delete: has?.deletable ?? false,
  };
  const fields = (hidden[object] ?? []).map((name) => `field:${name}`);
  const lacking = wanted.need.filter((right) => !may[right]);
  const isPerson = object === 'Account' && onlyPersons;
  const type = isPerson ? ['Business record type'] : untyped.includes(object) ? ['Record type'] : [];
  const beyond = !wanted.isOwn && has?.deletable && !IMPLIED.includes(object) ? ['delete'] : [];
  const problems: string[] = [];
  const same = (what: string, is: readonly string[], should: readonly string[]): void => {
    if (is.toSorted().join() !== should.toSorted().join())
      problems.push(`M1: ${object} ${what} ${is.join(', ')} instead of ${should.join(', ')}.`);
  };
  same('is of the part', [part], [wanted.part]);
  same('needs', need, wanted.need);
  same('lacks', missing, [...lacking, ...fields, ...type]);
  same('has beyond its needs', excess, beyond);
  // A package cannot grant rights on what is the customer's: the words name the object.
  const words = [
    ...lacking,
    ...fields,
    ...(!wanted.isOwn && lacking.length > 0 ? [object] : []),
    ...(isPerson ? ['record type'] : type.length > 0 ? [object] : []),
    ...(beyond.length > 0 ? [object, 'never deletes'] : []),
  ];
  for (const word of words)
    if (!sentence.includes(word)) problems.push(`M1: what is said of ${object} does not name ${word}: ${sentence}`);
  if (words.length === 0 && sentence !== '') problems.push(`M1: ${object} lacks nothing, and it is said: ${sentence}`);
  if (!wanted.isOwn && lacking.length === 0 && fields.length > 0 && !sentence.includes('permission set'))
    problems.push(`M1: ${object} lacks what the package grants, and it is not said: ${sentence}`);
  return problems;
}

/** Permissions with which a stolen token could do great harm. To see everybody's Tasks needs the second. */
const HARMFUL = ['ModifyAllData', 'ViewAllData', 'ManageUsers', 'CustomizeApplication', 'AuthorApex'];

export function auditUser(
  granted: readonly string[],
  activitySync: boolean,
  { excess, sentence }: GivenRights,
): string[] {
  const wanted = HARMFUL.filter((one) => granted.includes(one) && !(activitySync && one === 'ViewAllData'));
  if (excess.toSorted().join() !== wanted.toSorted().join())
    return [`M1: the user has ${excess.join(', ')} beyond its needs instead of ${wanted.join(', ')}.`];
  const isSaid = wanted.length === 0 ? sentence === '' : wanted.every((one) => sentence.includes(one));
  return isSaid ? [] : [`M1: what the user has beyond its needs is said as "${sentence}".`];
}
