// What became of each component of a deployment: one result for success, else one for each problem.
// Source: Metadata API Developer Guide, "DeployMessage".

export interface ComponentResult {
  componentType: string;
  /** As the package calls it, without a prefix. */
  fullName: string;
  fileName: string;
  success: boolean;
  created: boolean;
  changed: boolean;
  problem?: string;
}

type Component = Readonly<{ type: string; fullName: string; fileName: string }>;

export class DeployResults {
  readonly all: ComponentResult[] = [];

  get success(): boolean {
    return this.all.every((result) => result.success);
  }

  fail({ type, fullName, fileName }: Component, problem: string): void {
    this.all.push({ componentType: type, fullName, fileName, success: false, created: false, changed: false, problem });
  }

  pass(component: Component, created: boolean): void {
    const { type, fullName, fileName } = component;
    this.all.push({ componentType: type, fullName, fileName, success: true, created, changed: true });
  }

  /** One result for the component: every problem, or success. */
  settle(component: Component, created: boolean, problems: readonly string[]): void {
    for (const problem of problems) this.fail(component, problem);
    if (problems.length === 0) this.pass(component, created);
  }
}
