// `lightning/navigation`. Source: LWC guide, "Navigate to Pages, Records, and Lists".
import { adapterOf } from '../../../client/adapter.ts';
import { navigate, watchReference } from '../../../client/navigation.ts';
import { addressOf, type GivenReference, type PageReference } from '../../../client/pageReference.ts';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

export const CurrentPageReference = adapterOf<object, PageReference | undefined>({
  initial: undefined,
  isComplete: () => true,
  watch: (_config, emit) => watchReference(emit),
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what TypeScript wants of the base of a mixin
type Constructor = new (...given: any[]) => object;

export const NavigationMixin = Object.assign(
  <Base extends Constructor>(base: Base) =>
    class extends base {
      [Navigate](reference: GivenReference, replace = false): void {
        navigate(reference, replace);
      }

      [GenerateUrl](reference: GivenReference): Promise<string> {
        return Promise.resolve().then(() => addressOf(reference));
      }
    },
  { Navigate, GenerateUrl } as const,
);
