// The wires of Salesforce's stubs, with the types of what a test sends through them.
import type { WireAdapterConstructor } from 'lwc';

export interface RecordWire {
  emit: (value: unknown) => void;
  error: (body: unknown, status: number) => void;
  getLastConfig: () => Record<string, unknown> | undefined;
}

/** Of `getRecord`, `getObjectInfo` … as tests see them. */
export function recordWire(adapter: WireAdapterConstructor): RecordWire {
  return adapter as unknown as RecordWire;
}

export interface GraphqlWire {
  emit: (data: unknown, filter?: (config: unknown) => boolean, refresh?: () => Promise<void>) => void;
  emitErrors: (errors: readonly { message: string }[]) => void;
  getLastConfig: () => Record<string, unknown> | undefined;
}

/** Of `graphql`, as tests see it. */
export function graphqlWire(adapter: WireAdapterConstructor): GraphqlWire {
  return adapter as unknown as GraphqlWire;
}
