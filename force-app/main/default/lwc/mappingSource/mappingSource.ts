// Reads the mappings, the fields of Sellfire and the objects that can be mapped; shows nothing itself. Promises that the bridge's
// verdict on a mapping stands there by itself once there is one.
import { gql, graphql, type GraphQLError, type GraphQLResult } from 'lightning/graphql';
import { api, LightningElement, wire } from 'lwc';
import { every } from 'c/clock';
import { toPageError, type PageError } from 'c/errors';
import { CATALOGUE_QUERY, MAPPINGS_QUERY, toCatalogue, toMappings, totalOf, type Catalogue } from 'c/mappingRecords';
import type { MappingRecord } from 'c/mappingRows';
import { isRevisit } from 'c/revisit';

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

/** The bridge checks a mapping within seconds, which is looked for so often, in milliseconds. */
const EVERY = 3_000;
/** Looks for the verdict on what was just saved, which may have one of before. */
const LOOKS = 5;
/** Looks after which everything is read anew, for what others do. */
const OTHERS = 20;

interface PerQuery<T> {
  mappings?: T | undefined;
  catalogue?: T | undefined;
}

/** @fires read with the whole `Sources` */
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
  private stopClock: (() => void) | undefined;
  private isOld = false;
  private looks = 0;
  private looksLeft = 0;

  override connectedCallback(): void {
    this.isOld = isRevisit('mappings');
    this.stopClock = every(EVERY, () => this.look());
  }

  override disconnectedCallback(): void {
    this.stopClock?.();
  }

  @wire(graphql, { query: '$mappingsQuery' })
  readMappings({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.errors = { ...this.errors, mappings: errors };
    const mappings = data ? toMappings(data) : undefined;
    this.dispatchRead(mappings ? { mappings, total: totalOf(data) ?? mappings.length } : {});
    this.arrive('mappings', refresh);
  }

  @wire(graphql, { query: '$catalogueQuery' })
  readCatalogue({ data, errors, refresh }: GraphQLResult<unknown>): void {
    this.errors = { ...this.errors, catalogue: errors };
    this.dispatchRead(data ? { catalogue: toCatalogue(data) } : {});
    this.arrive('catalogue', refresh);
  }

  /** Whoever comes back to the page is first given what was read before. */
  private arrive(query: 'mappings' | 'catalogue', refresh?: () => Promise<void>): void {
    const isFirst = this.refreshers[query] === undefined;
    this.refreshers[query] = refresh;
    // What goes wrong comes through the wire.
    if (isFirst && this.isOld) refresh?.().catch(() => undefined);
  }

  /** Reads everything anew; what goes wrong comes as `error`. */
  @api async refresh(): Promise<void> {
    this.looksLeft = LOOKS;
    await this.readAll();
  }

  private look(): void {
    this.looks += 1;
    this.looksLeft -= 1;
    const isUnchecked = this.sources.mappings?.some(({ status }) => status === '') ?? false;
    if (this.looks % OTHERS === 0) this.readAll().catch(() => undefined);
    else if (isUnchecked || this.looksLeft > 0) this.refreshers.mappings?.().catch(() => undefined);
  }

  private async readAll(): Promise<void> {
    await Promise.allSettled([this.refreshers.mappings?.(), this.refreshers.catalogue?.()]);
  }

  private dispatchRead(part: Partial<Sources>): void {
    const errors = this.errors.mappings ?? this.errors.catalogue;
    this.sources = { ...this.sources, ...part, error: errors && toPageError(errors) };
    this.dispatchEvent(new CustomEvent('read', { detail: this.sources }));
  }
}
