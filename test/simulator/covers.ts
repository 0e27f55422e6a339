// Lists the rules of the specification that the simulator proves, each with its proof: a check that every history must
// pass (checks.ts, fieldChecks.ts, ruleChecks.ts), or a planted fault that it must find (bugs.ts).
import type { Covers } from '../../scripts/specCoverage/coverage.ts';

export const COVERS: Covers = {
  M4: { checks: ['triggersOf'], bugs: ['a mapping that fires on every trigger'] },
  M5: {
    checks: ['fieldsOf', 'lastEditOf'],
    bugs: [
      'a lost tie-break: the later edit no longer wins',
      'a missing comparison with what is known: an echo is taken for an edit',
    ],
  },
  M8: { checks: ['unparsedOf'], bugs: ['a value that its field cannot read, and that is sent'] },
  M9: { checks: ['applied'], bugs: ['a mapping that is applied, and changes nothing in Salesforce'] },
  M10: {
    checks: ['idsOf', 'unconnected'],
    bugs: ['a creation without its key: a crash makes the record twice'],
  },
  M11: { checks: ['fieldsOf'] },
  M12: { checks: ['salesOf', 'demosOf'] },
  M14: { checks: ['rulesOf'] },
  M15: { checks: ['rulesOf'], bugs: ['a refused phase is left standing in Salesforce'] },
  M17: { checks: ['duplicates', 'unconnected'], bugs: ['a creation without its key: a crash makes the record twice'] },
  M18: { checks: ['duplicates', 'unconnected'] },
  M19: { checks: ['switchesOf'], bugs: ['an Opportunity at a demo while that is off'] },
  M20: { checks: ['idsOf', 'duplicates'] },
  M21: { checks: ['demosOf', 'daysOf'], bugs: ['a demo that makes no Opportunity', 'a date that is the day in UTC'] },
  M22: { checks: ['salesOf'], bugs: ['an Opportunity of another cycle is taken for this one'] },
  M25: { checks: ['salesOf'], bugs: ['a product that is found by its name, though another has the code'] },
  M27: { checks: ['repushes'] },
  M29: { checks: ['tasksOf', 'daysOf'], bugs: ['a date that is the day in UTC'] },
  M31: { checks: ['unfinished', 'unconnected'] },
  M32: { checks: ['unfinished'] },
};
