// The result of one write: its answer, or the fault with which a peer refused it. A refused write is an outcome, not an
// exception; a call that failed as a whole throws a PeerError.
import type { Fault } from './fault.ts';

export type Result<T extends object> = ({ ok: true } & T) | { ok: false; fault: Fault };
