// A load balancer on loopback: it carries each connection to the next of its processes that takes one.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Balancer {
  /** Ports of those that it carries to; what is set here counts for connections from now on, and open ones to others end. */
  carryTo(ports: readonly number[]): void;
  close(): Promise<void>;
}

/** @param port where it listens */
export async function startBalancer(port: number): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;
  const open = new Map<Socket, number>();

  function carry(client: Socket, tried: number): void {
    const target = ports[turn++ % Math.max(1, ports.length)];
    if (target === undefined || tried >= ports.length) return void client.destroy();
    const server = connect(target, '127.0.0.1');
    server.once('error', () => {
      if (server.connecting || server.bytesRead === 0) carry(client, tried + 1);
    });
    server.once('connect', () => {
      open.set(client, target);
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
      client.once('close', () => {
        open.delete(client);
        server.destroy();
      });
      server.on('error', () => client.destroy());
      server.once('close', () => client.destroy());
    });
  }

  const listener = createServer({ pauseOnConnect: true }, (client) => {
    client.on('error', () => undefined);
    carry(client, 0);
  });
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  if ((listener.address() as AddressInfo).port !== port) throw new Error('It does not listen.');
  return {
    carryTo(next) {
      ports = next;
      for (const [client, target] of open) if (!next.includes(target)) client.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of open.keys()) client.destroy();
        listener.close(() => resolve());
      }),
  };
}
