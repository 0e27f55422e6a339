// `lightning/navigation` for tests of components: as Salesforce's own stub, and where somebody went is recorded.
import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

/** Called with each page reference that a component navigates to. */
export const navigated = jest.fn();

export const CurrentPageReference: unknown = createTestWireAdapter();

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Constructor = new () => object;

export const NavigationMixin = Object.assign(
  (base: Constructor): Constructor =>
    class extends base {
      [Navigate](...args: unknown[]): void {
        navigated(...args);
      }

      [GenerateUrl](): Promise<string> {
        return Promise.resolve('https://www.example.com');
      }
    },
  { Navigate, GenerateUrl },
);
