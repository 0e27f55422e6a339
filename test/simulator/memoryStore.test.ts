// The conformance suite on the store of the simulator, so that its histories are those of a real store.
import { storeConformance } from '../store/conformance.ts';
import { createMemoryStore } from './memoryStore.ts';

storeConformance(
  'in memory, of the simulator',
  async () => {
    const store = createMemoryStore();
    return { store, remove: () => store.close() };
  },
  { durable: false },
);
