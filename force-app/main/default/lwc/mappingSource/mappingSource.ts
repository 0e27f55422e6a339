import { gql, graphql, type GraphQLError, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';
import { toPageError, type PageError } from 'c/errors';
import { CATALOGUE_QUERY, MAPPINGS_QUERY, toCatalogue, toMappings, totalOf, type Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';

/** What is known so far; undefined before it was read. */
export interface Sources {
  mappings: readonly MappingRecord[] | undefined;
  /** Mappings that the org has. */
  total: number;
  catalogue: Catalogue | undefined;
  /** Of the last reading; what was read before stays. */
  error: PageError | undefined;
}

export const NOTHING_READ: Sources = { mappings: undefined, total: 0, catalogue: undefined, error: undefined };

interface PerQuery<T> {
  mappings?: T | undefined;
  catalogue?: T | undefined;
}

/**
 * Reads the mappings, the fields of Sellfire and the objects that can be mapped, once each; shows nothing itself.
 *
 * @fires read with the whole `Sources`
 */
export default class MappingSource extends LightningElement {
  readonly mappingsQuery = gql`
    ${MAPPINGS_QUERY}
  `;
  readonly catalogueQuery = gql`
    ${CATALOGUE_QUERY}
  `;
  private sources: Sources = NOTHING_READ;
  private errors: PerQuery<readonly GraphQLError[]> = {};
  private refreshers: PerQuery<() => Promise<void>> = {};

  @wire(graphql, { query: '$mappingsQuery' })
  readMappings({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.mappings = refresh;
    this.errors = { ...this.errors, mappings: errors };
    const mappings = data ? toMappings(data) : undefined;
    this.tell(mappings ? { mappings, total: totalOf(data) ?? mappings.length } : {});
  }

  @wire(graphql, { query: '$catalogueQuery' })
  readCatalogue({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.refreshers.catalogue = refresh;
    this.errors = { ...this.errors, catalogue: errors };
    this.tell(data ? { catalogue: toCatalogue(data) } : {});
  }

  /** Reads everything anew; what goes wrong comes as `error`. */
  @api async refresh(): Promise<void> {
    await Promise.allSettled([this.refreshers.mappings?.(), this.refreshers.catalogue?.()]);
  }

  private tell(part: Partial<Sources>): void {
    const errors = this.errors.mappings ?? this.errors.catalogue;
    this.sources = { ...this.sources, ...part, error: errors && toPageError(errors) };
    this.dispatchEvent(new CustomEvent('read', { detail: this.sources }));
  }
}
