// What was looked up for a decision: at first, nothing.
import type { Found, Needs } from '../model/plan.ts';

export function nothingFound(): Found {
  return {
    salesforceByPhone: new Map(),
    sellfireByPhone: new Map(),
    sellfireByRecord: new Map(),
    records: new Map(),
    leads: new Map(),
    reps: new Map(),
    schedules: new Map(),
  };
}

export function noNeeds(): Needs {
  return {
    salesforceByPhone: [],
    sellfireByPhone: [],
    sellfireByRecord: [],
    records: [],
    leads: [],
    reps: [],
    schedules: [],
  };
}
