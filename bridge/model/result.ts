// What became of one write: its answer, or the fault that a peer refused it with. A write that is refused is an outcome of the
// work, not an exception; a call that failed as a whole throws a PeerError.
import type { Fault } from './fault.ts';

export type Result<T extends object> = ({ ok: true } & T) | { ok: false; fault: Fault };
