// A wire adapter made of a function that watches something: it emits an empty value at once, nothing while its
// configuration is incomplete, and whatever the watching brings until the component leaves the page.
// Source: LWC guide, "Wire Adapters", "Understand the Wire Service".

export interface AdapterOptions<Config, Value> {
  /** Before anything is known. */
  initial: Value;
  /** Whether the parameters that the adapter needs are there; a parameter that is undefined is not there. */
  isComplete(config: Partial<Config>): boolean;
  /** @returns ends the watching */
  watch(config: Config, emit: (value: Value) => void): () => void;
}

export interface AdapterConstructor<Config> {
  new (callback: (value: never) => void): {
    connect(): void;
    update(config: Partial<Config>): void;
    disconnect(): void;
  };
}

export function adapterOf<Config extends object, Value>(options: AdapterOptions<Config, Value>) {
  return class {
    private readonly callback: (value: Value) => void;
    private config: Partial<Config> | undefined;
    private stop: (() => void) | undefined;
    private isConnected = false;

    constructor(callback: (value: Value) => void) {
      this.callback = callback;
      callback(options.initial);
    }

    connect(): void {
      this.isConnected = true;
      this.start();
    }

    update(config: Partial<Config>): void {
      this.end();
      this.config = config;
      this.start();
    }

    disconnect(): void {
      this.isConnected = false;
      this.end();
    }

    private start(): void {
      const { config } = this;
      if (!this.isConnected || this.stop || !config || !options.isComplete(config)) return;
      let isOver = false;
      const end = options.watch(config as Config, (value) => {
        if (!isOver) this.callback(value);
      });
      this.stop = () => {
        isOver = true;
        end();
      };
    }

    private end(): void {
      this.stop?.();
      this.stop = undefined;
    }
  };
}

export interface WireResult<T> {
  data: T | undefined;
  error: unknown;
}

export const NOTHING: WireResult<never> = Object.freeze({ data: undefined, error: undefined });
