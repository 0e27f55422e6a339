// The rows of the mapping table: what each says, which section it stands in, and how rows are searched, filtered and sorted.
export { byFilter, sorted, NO_FILTER } from './search';
export type { Filter, SortKey } from './search';
export { toRow } from './row';
export type { Names, Row } from './row';
export type { MappingRecord, Section, Status } from './status';
