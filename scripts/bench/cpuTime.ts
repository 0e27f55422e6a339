// Loaded into a process before its own code (`node --import`): answers its parent's question how much CPU time it has used.
// The parent cannot see that by itself on every system, and wall time on a busy machine says little.
process.on('message', () => process.send?.(process.cpuUsage()));
// Being asked is no reason to stay alive.
process.channel?.unref();
