// A TCP proxy on loopback whose connections can be made to die without a word: bytes are swallowed, sockets stay open, as when
// a firewall forgets a connection. Also cuts them with a reset. New connections are carried as ever.
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface HalfOpenProxy {
  /** `127.0.0.1:<port>` */
  address: string;
  /** Connections carried so far. */
  readonly connections: number;
  /** From now on nothing comes through the connections that are open. */
  swallow(): void;
  /** RST to both ends of every open connection. */
  reset(): void;
  close(): Promise<void>;
}

export async function startHalfOpenProxy(target: string): Promise<HalfOpenProxy> {
  const { hostname, port } = new URL(`tcp://${target}`);
  const open = new Set<{ client: Socket; server: Socket; dead: boolean }>();
  let connections = 0;
  const listener = createServer((client) => {
    connections += 1;
    const server = connect(Number(port), hostname);
    const pair = { client, server, dead: false };
    open.add(pair);
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (bytes) => {
        if (!pair.dead) to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        if (pair.dead) return;
        open.delete(pair);
        to.destroy();
      });
    };
    carry(client, server);
    carry(server, client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    swallow() {
      for (const pair of open) pair.dead = true;
    },
    reset() {
      for (const { client, server } of open) {
        client.resetAndDestroy();
        server.resetAndDestroy();
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const { client, server } of open) {
          client.destroy();
          server.destroy();
        }
        listener.close(() => resolve());
      }),
  };
}
