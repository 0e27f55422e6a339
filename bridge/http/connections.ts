// The connections of one server: how many there may be in all and from one address, which of them give way under pressure, and how
// they end at a stop.
import type { BlockList, Socket } from 'node:net';
import type { Server } from 'node:http';
import { clientAddress, isIn, limitKey } from './clientAddress.ts';

/** Sellfire sends one delivery at a time for each connection; with bodies of 1 MB this bounds what strangers can fill. */
const MOST_CONNECTIONS = 500;
/** From so many on, idle connections are ended as new ones come, and answers end theirs. */
const CROWDED = MOST_CONNECTIONS / 2;

export interface ConnectionLimits {
  /** From one address; a trusted proxy brings those of many. */
  perAddress: number;
  trustedProxies: BlockList;
}

export interface Connections {
  /** Whether a connection is not to be kept after its answer. */
  isCrowded(): boolean;
  /** Ends every connection once its answer is sent, idle ones at once. */
  close(): void;
}

interface Held {
  address: string;
  /** Answers under way. */
  answers: number;
}

/** (Node's own closeIdleConnections spares connections that have never sent a request.) */
export function limitConnections(server: Server, { perAddress, trustedProxies }: ConnectionLimits): Connections {
  /** The oldest first. */
  const held = new Map<Socket, Held>();
  const ofAddress = new Map<string, number>();
  let closing = false;
  server.maxConnections = MOST_CONNECTIONS;

  function forget(socket: Socket): void {
    const { address } = held.get(socket) ?? {};
    if (address === undefined) return;
    held.delete(socket);
    const left = (ofAddress.get(address) ?? 1) - 1;
    if (left === 0) ofAddress.delete(address);
    else ofAddress.set(address, left);
  }

  /** Ends the oldest idle connections until it is enough. @returns whether it is */
  function makeRoom(isEnough: () => boolean, from?: string): boolean {
    for (const [socket, { address, answers }] of held) {
      if (isEnough()) break;
      if (answers > 0 || (from !== undefined && address !== from)) continue;
      forget(socket);
      socket.destroy();
    }
    return isEnough();
  }

  server.on('connection', (socket) => {
    const peer = clientAddress(socket.remoteAddress, undefined, trustedProxies);
    const address = limitKey(peer);
    // Who holds many keeps nobody out: an idle connection, the oldest first, makes room.
    makeRoom(() => held.size < CROWDED);
    const hasRoom = (): boolean => (ofAddress.get(address) ?? 0) < perAddress;
    if (!isIn(trustedProxies, peer) && !makeRoom(hasRoom, address)) return void socket.destroy();
    held.set(socket, { address, answers: 0 });
    ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1);
    socket.once('close', () => forget(socket));
  });
  server.on('request', ({ socket }, response) => {
    const one = held.get(socket);
    if (!one) return;
    one.answers += 1;
    response.once('close', () => {
      one.answers -= 1;
      if (closing && one.answers === 0) socket.destroySoon();
    });
  });

  return {
    isCrowded: () => held.size >= CROWDED,
    close() {
      closing = true;
      for (const [socket, { answers }] of held) if (answers === 0) socket.destroy();
    },
  };
}
