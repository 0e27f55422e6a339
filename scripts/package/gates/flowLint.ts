// The flows keep to what is known to go wrong in flows: the rules of the flow scanner, all of them but those that do not
// fit, each with the reason.
import { join } from 'node:path';
import scanner from '@flow-scanner/lightning-flow-scanner-core';
import { readFlows, type Flow } from '../flows.ts';
import { Findings, type Gate } from '../gate.ts';

/** Where a rule does not fit, and why. */
const DOES_NOT_FIT: Readonly<Record<string, (flow: Flow) => boolean>> = {
  // The order of flows can be set for saves only: an event's flows run each in a transaction of its own.
  TriggerOrder: (flow) => flow.start.triggerType === 'PlatformEvent',
};

export const flowLintGate: Gate = {
  name: 'flow lint',
  promise: 'the rules of the flow scanner find nothing in the flows',
  async check(source) {
    const findings = new Findings('rules and flows');
    const flows = readFlows(source);
    const exceptions = Object.fromEntries(
      flows.map((flow) => [
        flow.name,
        Object.fromEntries(
          Object.entries(DOES_NOT_FIT)
            .filter(([, excepted]) => excepted(flow))
            .map(([rule]) => [rule, ['*']]),
        ),
      ]),
    );
    const parsed = await scanner.parse(flows.map(({ path }) => join(source.directory, path)));
    for (const { uri, errorMessage } of parsed) {
      findings.expect(errorMessage === undefined, `${uri}: cannot be read: ${errorMessage ?? ''}`);
    }
    for (const { flow, ruleResults } of scanner.scan(parsed, { betaMode: true, exceptions })) {
      for (const { ruleName, ruleDefinition, details, errorMessage } of ruleResults) {
        const names = details.map(({ name }) => name).join(', ');
        findings.expect(
          details.length === 0 && !errorMessage,
          `flows/${String(flow.name)}: ${ruleName} at ${names}: ${errorMessage || ruleDefinition.description}`,
        );
      }
    }
    return findings;
  },
};
