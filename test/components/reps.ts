// Reps and users as GraphQL answers with them, for tests of components.
import type { Rep, User } from '../../force-app/main/default/lwc/repData/repData';

export const ANN: Rep = { id: 'rep_01', name: 'Ann Lee', email: 'ann@sales.example', state: 'active', userId: '' };
export const ANNS_USER: User = {
  id: '0055g00000AbCdEAAV',
  name: 'Ann Lee',
  email: 'Ann@sales.example',
  isActive: true,
};

const value = (one: unknown): object => ({ value: one === '' ? null : one });

export function repsAnswer(reps: readonly Rep[], refused = 0, hasNextPage = false): object {
  const edges = reps.map(({ id, name, email, state, userId }) => ({
    node: {
      Id: `a0R${id}`,
      Name: value(name),
      Rep_Id__c: value(id),
      Email__c: value(email),
      State__c: value(state),
      Salesforce_User_Id__c: value(userId),
    },
  }));
  return {
    uiapi: {
      query: { Sellfire_Rep__c: { edges, pageInfo: { hasNextPage } } },
      aggregate: {
        Integration_Report__c: { edges: [{ node: { aggregate: { Id: { count: { value: refused } } } } }] },
      },
    },
  };
}

export function usersAnswer(users: readonly User[]): object {
  const edges = users.map(({ id, name, email, isActive }) => ({
    node: { Id: id, Name: value(name), Email: value(email), IsActive: value(isActive) },
  }));
  return { uiapi: { query: { User: { edges } } } };
}
