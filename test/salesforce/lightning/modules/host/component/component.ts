// A component of a package, loaded when a page needs it, with the properties that the page gives it.
import { api, getComponentDef, LightningElement } from 'lwc';
import { session } from '../../../client/shell.ts';

type Constructor = new () => LightningElement;

export default class Component extends LightningElement {
  /** Full name of the bundle: `homePage`, `sellfire__homePage`. From one tab to another it is all that changes. */
  @api
  get name(): string {
    return this.wanted;
  }
  set name(name: string) {
    this.wanted = name;
    if (this.isConnected) void this.load(name);
  }
  /** As the page has them: texts. */
  @api properties: Record<string, string> = {};
  /** What the platform gives to who declares it: `recordId`, `objectApiName`, `flexipageRegionWidth`. */
  @api context: Record<string, unknown> = {};
  constructorOf: Constructor | undefined;
  given: Record<string, unknown> = {};
  problem = '';
  private wanted = '';

  override connectedCallback(): Promise<void> {
    return this.load(this.wanted);
  }

  private async load(name: string): Promise<void> {
    const specifier = name.includes('__') ? name.replace('__', '/') : `${session.namespace ?? 'c'}/${name}`;
    try {
      const module = await session.load(specifier);
      if (name !== this.wanted) return;
      this.problem = '';
      const constructorOf = module['default'] as Constructor;
      const { props } = getComponentDef(constructorOf) as unknown as { props: Record<string, unknown> };
      const context = Object.entries(this.context).filter(([name, value]) => name in props && value !== undefined);
      this.given = { ...Object.fromEntries(context), ...this.typed(props) };
      this.constructorOf = constructorOf;
    } catch (error) {
      this.problem = `${name}: ${(error as Error).message}`;
      throw error;
    }
  }

  /** @throws Error for a property that the component does not declare */
  private typed(props: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.properties).map(([name, value]) => {
        if (!(name in props)) throw new Error(`The page sets ${name}, which is no public property.`);
        if (value === 'true' || value === 'false') return [name, value === 'true'];
        return [name, /^-?\d+$/.test(value) ? Number(value) : value];
      }),
    );
  }

  override errorCallback(error: Error): void {
    this.problem = `${this.name}: ${error.message}`;
    console.error(error);
  }
}
