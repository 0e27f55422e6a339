// An enumeration of Sellfire to which a later version may add: a value that is not known is kept as text, and decides nothing.
import { z } from 'zod';

/** @param known the values of this version of the contract, for the documentation and for those who produce them */
export const openEnum = <const T extends readonly [string, ...string[]]>(known: T) =>
  z.union([z.enum(known), z.string()]);
