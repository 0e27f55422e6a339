// The records behind the mapping page: what is asked for, what the answers say, and how a mapping is saved.
export { CATALOGUE_QUERY, MAPPINGS_QUERY, ROWS } from './queries';
export { toCatalogue, toMappings, totalOf } from './read';
export type { Catalogue, MappableObject } from './read';
export { DRAFT_FIELDS, recordToDraft, saveMapping, removeMapping } from './write';
export type { Base, Saved } from './write';
