// Loaded into the bridge before itself (`node --import`): when the process that started it is gone, however it ended, the
// bridge is stopped as by SIGTERM. No kill -9 of a demo or a test leaves one running.
import { isMainThread } from 'node:worker_threads';

const end = () => void process.kill(process.pid, 'SIGTERM');

// Threads load it as well, and have no parent to lose.
if (isMainThread) {
  process.once('disconnect', end);
  // Listening for the end of the channel is no reason to go on living.
  process.channel?.unref();
  // The parent was gone before this was loaded.
  if (!process.connected) end();
}
