// Page references and the addresses that stand for them, both ways.
// Source: LWC guide, "PageReference Types", "Basic Navigation".

export interface PageReference {
  type: string;
  attributes: Record<string, string | undefined>;
  state: Record<string, string>;
}
export interface GivenReference {
  type: string;
  attributes?: Record<string, unknown> | undefined;
  state?: Record<string, unknown> | undefined;
}

/** The platform’s own parameters; every other one belongs to somebody and begins with a namespace. */
const OWN_STATE = new Set([
  'filterName',
  'defaultFieldValues',
  'nooverride',
  'recordTypeId',
  'useRecordTypeCheck',
  'backgroundContext',
  'navigationLocation',
  'count',
]);

/** @throws Error for a type or an attribute that leads nowhere */
export function addressOf({ type, attributes = {}, state = {} }: GivenReference): string {
  const get = (name: string): string => {
    const value = attributes[name];
    if (typeof value !== 'string' || value === '') throw new Error(`${type} needs the attribute ${name}.`);
    return encodeURIComponent(value);
  };
  const object = typeof attributes['objectApiName'] === 'string' ? `${get('objectApiName')}/` : '';
  switch (type) {
    case 'standard__namedPage':
      return `/lightning/page/${get('pageName')}${query(state)}`;
    case 'standard__navItemPage':
      return `/lightning/n/${get('apiName')}${query(state)}`;
    case 'standard__component':
      return `/lightning/cmp/${get('componentName')}${query(state)}`;
    case 'standard__objectPage':
      return `/lightning/o/${get('objectApiName')}/${get('actionName')}${query(state)}`;
    case 'standard__recordPage':
      return `/lightning/r/${object}${get('recordId')}/${get('actionName')}${query(state)}`;
    case 'standard__recordRelationshipPage':
      return `/lightning/r/${object}${get('recordId')}/related/${get('relationshipApiName')}/view${query(state)}`;
    case 'standard__app':
      return `/lightning/app/${get('appTarget')}`;
    case 'standard__webPage':
      return decodeURIComponent(get('url'));
    default:
      throw new Error(`Pages of the type ${type} are not in this host.`);
  }
}

function query(state: Record<string, unknown>): string {
  const kept = Object.entries(state).filter(
    ([name, value]) => value !== undefined && value !== null && (OWN_STATE.has(name) || name.includes('__')),
  );
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** @returns undefined for an address that is no page */
export function referenceOf(address: string): PageReference | undefined {
  const url = new URL(address, 'http://page');
  const [root, kind, ...rest] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const state = Object.fromEntries(
    [...url.searchParams].filter(([name]) => OWN_STATE.has(name) || name.includes('__')),
  );
  const page = (type: string, attributes: PageReference['attributes']): PageReference => ({ type, attributes, state });
  if (root !== 'lightning') return undefined;
  const [first, second, third, fourth] = rest;
  switch (kind) {
    case 'page':
      return first ? page('standard__namedPage', { pageName: first }) : undefined;
    case 'n':
      return first ? page('standard__navItemPage', { apiName: first }) : undefined;
    case 'cmp':
      return first ? page('standard__component', { componentName: first }) : undefined;
    case 'app':
      return page('standard__app', { appTarget: first });
    case 'o':
      return first ? page('standard__objectPage', { objectApiName: first, actionName: second ?? 'list' }) : undefined;
    case 'r': {
      if (second === 'related' || third === 'related') {
        const [objectApiName, recordId, relationshipApiName] =
          second === 'related' ? [undefined, first, third] : [first, second, fourth];
        return page('standard__recordRelationshipPage', {
          objectApiName,
          recordId,
          relationshipApiName,
          actionName: 'view',
        });
      }
      const [objectApiName, recordId, actionName] =
        third === undefined ? [undefined, first, second] : [first, second, third];
      return recordId && actionName ? page('standard__recordPage', { objectApiName, recordId, actionName }) : undefined;
    }
    default:
      return kind === undefined ? page('standard__namedPage', { pageName: 'home' }) : undefined;
  }
}
