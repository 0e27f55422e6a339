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
