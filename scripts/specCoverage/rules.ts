// The rules of the specification, and where one cannot be proven, why not.
export const PLACES = ['unit', 'simulator', 'endToEnd'] as const;
export type Place = (typeof PLACES)[number];

export interface Rule {
  id: string;
  name: string;
  /** Why a place has nothing to prove. */
  unless?: Partial<Record<Place, string>>;
}

const PAGE = 'it is a page of the package, whose tests stand with the pages';
const ONE_CONFIGURATION = 'its histories have one set of mappings, and a describe that does not change';
const A_TABLE = 'a table without time: every combination of it is a unit test';
const OTHER_OBJECTS =
  'it has no further objects; the transaction that makes them is that of M22, and killing the bridge around it an end-to-end test';
const FILES = 'files and uploads: it models records and events';

export const RULES: readonly Rule[] = [
  { id: 'M1', name: 'Connect', unless: { simulator: 'it models an org that is connected' } },
  { id: 'M2', name: 'Map a system field', unless: { unit: PAGE, simulator: PAGE, endToEnd: PAGE } },
  { id: 'M3', name: 'Map a custom field', unless: { unit: PAGE, simulator: PAGE, endToEnd: PAGE } },
  { id: 'M4', name: 'Triggers' },
  { id: 'M5', name: 'Sync rules' },
  { id: 'M6', name: 'Nothing before the phone is mapped', unless: { simulator: ONE_CONFIGURATION } },
  { id: 'M7', name: 'Options of dropdowns', unless: { simulator: ONE_CONFIGURATION } },
  { id: 'M8', name: 'Status of a mapping', unless: { simulator: ONE_CONFIGURATION } },
  { id: 'M9', name: 'An edit of a mapping is not retroactive', unless: { simulator: ONE_CONFIGURATION } },
  { id: 'M10', name: 'Lead and Contact' },
  { id: 'M11', name: 'Account' },
  { id: 'M12', name: 'Opportunity' },
  { id: 'M13', name: 'Custom objects', unless: { simulator: OTHER_OBJECTS } },
  { id: 'M14', name: 'Ownership' },
  { id: 'M15', name: 'Phases' },
  { id: 'M16', name: 'Importing and linking what exists', unless: { simulator: FILES } },
  { id: 'M17', name: 'Sellfire lead → Lead or Contact' },
  { id: 'M18', name: 'Lead, Contact, Account → Sellfire lead' },
  { id: 'M19', name: 'Settings' },
  { id: 'M20', name: 'Lead → Contact connection update' },
  { id: 'M21', name: 'Opportunity at demo' },
  { id: 'M22', name: 'Opportunity at sale' },
  { id: 'M23', name: 'Account connected or created', unless: { simulator: A_TABLE } },
  { id: 'M24', name: 'Contact connected or created', unless: { simulator: A_TABLE } },
  { id: 'M25', name: 'Line items' },
  { id: 'M26', name: 'Sales made in Salesforce', unless: { simulator: FILES } },
  { id: 'M27', name: 'Repush' },
  {
    id: 'M28',
    name: 'Speed',
    unless: {
      unit: 'it is a property of the running parts; npm run bench measures it',
      simulator: 'its time is virtual',
    },
  },
  { id: 'M29', name: 'Activities → Tasks' },
  { id: 'M30', name: 'Multi-site', unless: { simulator: OTHER_OBJECTS } },
  { id: 'M31', name: 'Integration reports' },
  { id: 'M32', name: 'What Salesforce refuses' },
];
