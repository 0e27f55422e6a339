// A long way between the bridge and both systems, as a process of its own: TCP proxies on loopback that deliver every byte late, in order, and
// some much later, which is how a lost segment shows to those whom TCP hides it from. How late can be changed while connections are open.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { startFront } from './lightFront.ts';
import { networkSchema, waysSchema, type Way } from './ways.ts';

/** Bytes of a TCP segment on an Ethernet. */
const SEGMENT = 1_460;
/** ms until a lost segment has been sent again: Linux' least time-out, and about what three duplicate acknowledgements take at 200 ms. */
const AGAIN_MS = 200;

let network = { delayMs: 0, loss: 0 };

/** @returns where it listens, as `port`, and what may still be told: its target, as `host:port` */
async function startProxy(): Promise<{ port: number; target: string }> {
  const proxy = { port: 0, target: '' };
  const listener = createServer((client) => {
    const [host = '', port] = proxy.target.split(':');
    const server = connect(Number(port), host);
    for (const socket of [client, server]) socket.setNoDelay(true);
    // The first bytes follow a handshake, there and back.
    carry(client, server, performance.now() + 2 * network.delayMs);
    carry(server, client, 0);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  proxy.port = (listener.address() as AddressInfo).port;
  return proxy;
}

function carry(from: Socket, to: Socket, notBefore: number): void {
  /** In order: two timers that end in the same ms may end in any. */
  const queue: { due: number; work: () => void }[] = [];
  let last = notBefore;
  function deliver(): void {
    for (let [next] = queue; next; [next] = queue) {
      const rest = next.due - performance.now();
      if (rest > 0) return void setTimeout(deliver, rest);
      next.work();
      queue.shift();
    }
  }
  function send(bytes: number, work: () => void): void {
    const { delayMs, loss } = network;
    const isLost = Math.random() > (1 - loss) ** Math.ceil(bytes / SEGMENT);
    last = Math.max(last, performance.now() + delayMs + (isLost ? AGAIN_MS : 0));
    if (queue.push({ due: last, work }) === 1) deliver();
  }
  from.on('data', (bytes) => send(bytes.length, () => void (to.writable && to.write(bytes))));
  from.on('end', () => send(0, () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => send(0, () => to.destroy()));
}

const proxies = new Map<Way, Awaited<ReturnType<typeof startProxy>>>();
for (const way of waysSchema.keyof().options) proxies.set(way, await startProxy());
const control = await startFront(({ route, body }) => {
  if (route === 'POST /network') network = networkSchema.parse(JSON.parse(body));
  else for (const [way, target] of Object.entries(waysSchema.parse(JSON.parse(body)))) aim(way as Way, target);
  return {};
});
const ports = Object.fromEntries([...proxies].map(([way, { port }]) => [way, port]));
process.stdout.write(`${JSON.stringify({ url: control.url, ports })}\n`);

function aim(way: Way, target: string): void {
  const proxy = proxies.get(way);
  if (proxy) proxy.target = target;
}
