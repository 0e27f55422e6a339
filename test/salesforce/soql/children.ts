// What a record calls the records that refer to it: the names of child relationships, for subqueries, describes and trees.
// Source: Object Reference for the Salesforce Platform; for custom lookups the name that their definition gives.
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';

/** Child relationships of standard objects by the child's object and field. */
const STANDARD: Readonly<Record<string, string>> = {
  'Account.ParentId': 'ChildAccounts',
  'Contact.AccountId': 'Contacts',
  'Opportunity.AccountId': 'Opportunities',
  'Opportunity.Pricebook2Id': 'Opportunities',
  'OpportunityContactRole.ContactId': 'OpportunityContactRoles',
  'OpportunityContactRole.OpportunityId': 'OpportunityContactRoles',
  'OpportunityLineItem.OpportunityId': 'OpportunityLineItems',
  'OpportunityLineItem.PricebookEntryId': 'OpportunityLineItems',
  'OpportunityLineItem.Product2Id': 'OpportunityLineItems',
  'PermissionSetAssignment.AssigneeId': 'PermissionSetAssignments',
  'PermissionSetAssignment.PermissionSetId': 'Assignments',
  'PricebookEntry.Pricebook2Id': 'PricebookEntries',
  'PricebookEntry.Product2Id': 'PricebookEntries',
  'Task.WhatId': 'Tasks',
  'Task.WhoId': 'Tasks',
  'User.ManagerId': 'ManagedUsers',
  'User.ProfileId': 'Users',
};

export interface ChildRelationship {
  name: string;
  child: ObjectDef;
  /** The child's reference to its parent. */
  field: FieldDef;
}

export function childRelationshipName(child: ObjectDef, field: FieldDef): string | undefined {
  return field.childRelationshipName ?? STANDARD[`${child.name}.${field.name}`];
}

/** In any letter case. */
export function findChildRelationship(schema: Schema, parent: ObjectDef, name: string): ChildRelationship | undefined {
  for (const child of schema.objects()) {
    if (child.kind !== 'record') continue;
    for (const field of child.fields.values()) {
      if (!field.referenceTo.includes(parent.name)) continue;
      const known = childRelationshipName(child, field);
      if (known?.toLowerCase() === name.toLowerCase()) return { name: known, child, field };
    }
  }
  return undefined;
}
