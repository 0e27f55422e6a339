// `lightning/graphql` for tests of components: as Salesforce's own stub, with the mutations and the refresh that it lacks.
import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';
import type { WireAdapter, WireDataCallback } from 'lwc';

type Filter = (config: unknown) => boolean;

/** What `createTestWireAdapter` makes; its own type hides that it can be constructed. */
interface TestAdapter {
  new (callback: WireDataCallback): WireAdapter;
  emit(value: unknown, filter?: Filter): void;
  getLastConfig(): Record<string, unknown> | undefined;
}

const Adapter = createTestWireAdapter() as unknown as TestAdapter;

export class graphql extends Adapter {
  /** @param refresh what a component that wants fresh results calls */
  static override emit(data: unknown, filter?: Filter, refresh = jest.fn().mockResolvedValue(undefined)): void {
    super.emit({ data, errors: undefined, refresh }, filter);
  }

  static emitErrors(errors: { message: string }[], filter?: Filter): void {
    super.emit({ data: undefined, errors, refresh: jest.fn().mockResolvedValue(undefined) }, filter);
  }
}

/** The text of the query, so that a test can see what was asked. */
export const gql = (texts: TemplateStringsArray, ...parts: unknown[]): string => String.raw({ raw: texts }, ...parts);

export const executeMutation = jest.fn();
