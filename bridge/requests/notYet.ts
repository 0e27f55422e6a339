// A request that this version does not carry out fails loudly.
import { BridgeError } from '../model/fault.ts';
import type { Handler } from './request.ts';

export const notYet: Handler = async ({ request }) => {
  throw new BridgeError(
    'REQUEST_UNKNOWN',
    `This version of the bridge does not carry out requests of the type "${request.type}".`,
    'Update the bridge to the version of the package.',
  );
};
