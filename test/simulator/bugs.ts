// Faults that the core had, or could easily have. Each is planted into a copy of the bridge, and the simulator must
// find it. A fault whose text is not in the source fails with its name, so the list stays current.
export interface Bug {
  name: string;
  /** Relative to the folder of the bridge. */
  file: string;
  find: string;
  replace: string;
  /** A seed that is known to find it, for one that few histories show. Default: 0. */
  from?: number;
  /** Whether it is looked for in storms. */
  isStorm?: boolean;
}

export const BUGS: readonly Bug[] = [
  {
    name: 'a lost tie-break: the later edit no longer wins',
    file: 'sync/values/register.ts',
    find: 'if (at !== register.at) return at > register.at;',
    replace: 'if (at !== register.at) return true;',
  },
  {
    name: 'a missing comparison with what is known: an echo is taken for an edit',
    file: 'sync/values/register.ts',
    find: "if (register && sameValue(seen.value, register.value)) return 'same';",
    replace: '',
  },
  {
    name: 'a stale overwrite: an overtaken write is taken for an edit',
    file: 'sync/values/register.ts',
    find: "if (seen.own && !isMissed && isOverwritten(state, seen)) return 'own';",
    replace: '',
  },
  {
    name: 'a cursor that moves before its events are kept',
    file: 'connection/intake.ts',
    find: 'await store.append(connection, entries, cursor, onArrival);',
    replace:
      'await (cursor ? store.append(connection, [], cursor) : undefined).then(() => store.append(connection, entries));',
  },
  {
    name: 'a creation without its key: a crash makes the record twice',
    file: 'jobs/execute.ts',
    find: 'await salesforce.upsert(write.object, config.names.leadId, write.leadId, withState(write), {',
    replace: "await salesforce.upsert(write.object, 'Nothing__c', String(Math.random()), write.fields, {",
  },
  {
    name: 'a state of a record that is not written when it changes',
    file: 'sync/fields/stateFields.ts',
    find: 'if (link.stateWritten?.[place.id] === keyOf(link)) return [];',
    replace: 'if (link) return [];',
  },
  {
    name: 'a date that is the day in UTC',
    file: 'sync/values/day.ts',
    find: '.setZone(known(zone))',
    replace: '',
  },
  {
    name: 'a creation in Sellfire without its key',
    file: 'jobs/execute.ts',
    find: '`${REQUEST_PREFIX}create:${write.recordId}:${digest(lead)}`',
    replace: '`${REQUEST_PREFIX}create:${write.recordId}:${digest(lead)}${Math.random()}`',
    from: 2_700,
  },
  {
    name: 'an answered echo: what shows that a value has arrived is written on',
    file: 'sync/values/register.ts',
    find: 'state: register && !seen.own && seen.ruleAllows ? reassert(confirmed, register, seen, writable) : confirmed,',
    replace:
      'state: writable.filter((key) => key !== seen.replica).reduce((next, key) => withReplica(requestDelivery(next, key), key, { at: 0 }), confirmed),',
  },
  {
    name: 'a refused phase is left standing in Salesforce',
    file: 'sync/fields/sellfireRules.ts',
    find: 'if (draft.link && writesBack) setState(draft, name, requestDelivery(stateOf(draft.link, name), field.replica));',
    replace: 'void writesBack;',
  },
  {
    name: 'an Opportunity of another cycle is taken for this one',
    file: 'sync/sale/opportunity.ts',
    find: 'key: `${lead.id}:${sale?.cycle ?? lead.cycle}`',
    replace: 'key: `${lead.id}:1`',
  },
  {
    name: 'a mapping that fires on every trigger',
    file: 'sync/mapping/rules.ts',
    find: "if (!mapping.triggers.includes('createUpdate') || ",
    replace: 'if (',
  },
  {
    name: 'an Opportunity at a demo while that is off',
    file: 'sync/mapping/transactions.ts',
    find: 'opportunity: opportunityAtDemo,',
    replace: 'opportunity: true,',
  },
  {
    name: 'a demo that makes no Opportunity',
    file: 'sync/mapping/transactions.ts',
    find: 'opportunity: opportunityAtDemo,',
    replace: 'opportunity: false,',
  },
  {
    name: 'a product that is found by its name, though another has the code',
    file: 'sync/sale/match.ts',
    find: 'return coded.length > 0 ? coded : candidates',
    replace: 'return candidates',
  },
  {
    name: 'a record that is linked without a claim in the store',
    file: 'jobs/decideAndWrite.ts',
    find: 'if (refusal) taken.set(claim.recordId, refusal.holder);',
    replace: '',
    from: 217_000,
  },
  {
    name: 'an undeletion that is taken for any gap',
    file: 'sync/link/leadCreation.ts',
    find: 'change.undeleted === true || ',
    replace: '',
    from: 200_650,
  },
  {
    name: 'a difference at the creation of a lead that is left to an event',
    file: 'sync/link/initRegisters.ts',
    find: 'else if (edits && value !== null)',
    replace: 'else if (value === undefined)',
    from: 70_004_187,
  },
  {
    name: 'a record that the link has left and that makes a second lead',
    file: 'sync/link/state.ts',
    find: '...(allLeft.length > 0 ? { left: allLeft.slice(-MOST_LEFT) } : {}),',
    replace: '',
    from: 1_002_100,
  },
  // What follows is found by the auditor alone.
  {
    name: 'a Task of another call type',
    file: 'sync/task.ts',
    find: "internal: 'Internal'",
    replace: "internal: 'Outbound'",
  },
  {
    name: 'a Lead that does not say where its lead went',
    file: 'sync/writes/saleTransaction.ts',
    find: 'for (const old of left) nameContact(draft, old, id);',
    replace: '',
  },
  {
    name: 'a Lead that an interrupted attempt has left, and that does not say where its lead went',
    file: 'sync/link/connectById.ts',
    find: "if (left && !isConverted('Lead', left.fields)) nameContact(draft, before.record.id, record.id);",
    replace: '',
    from: 2_300,
  },
  {
    name: 'a row that says another value than was written',
    file: 'sync/writes/fields.ts',
    find: '    after: one.value,',
    replace: '    after: one.before ?? one.value,',
  },
  {
    name: 'a write without a row where the rest of its turn failed',
    file: 'jobs/decideAndWrite.ts',
    find: 'if (rows.length > 0) await store.addReports(connection, [...rows]);',
    replace: '',
  },
  {
    name: 'an item of another price',
    file: 'sync/sale/lineItems.ts',
    find: 'UnitPrice: priceOf(item) ?? null,',
    replace: 'UnitPrice: 2 * (priceOf(item) ?? 0),',
  },
  {
    name: 'an edit of a field that was blank at the creation, where the event of the creation is lost',
    file: 'sync/writes/createInSalesforce.ts',
    find: 'noteBlanks(draft, object);',
    replace: '',
    from: 1_001_500,
  },
  {
    name: 'a Lead of an interrupted creation that does not say where its lead went',
    file: 'sync/link/leftLead.ts',
    find: "if (typeof detail !== 'string' || !detail.startsWith(MOVED)) nameContact(draft, recordId, contactId);",
    replace: 'void detail;',
    from: 30_048_877,
  },
  {
    name: 'a record of the customer’s own object that a repeat makes again',
    file: 'sync/sale/customRecords.ts',
    find: 'const present = marked === null ? null : lookups.keyed(need);',
    replace: 'const present = marked === null ? null : lookups.keyed(need) && null;',
    from: 1_000_000,
  },
  {
    name: 'a lead that is made though that is off',
    file: 'sync/link/leadCreation.ts',
    find: 'if (!draft.config.settings.createInSellfire || isLinked',
    replace: 'if (isLinked',
    from: 1_000_000,
  },
  {
    name: 'a moment that is mapped to a date, and becomes the day in UTC',
    file: 'sync/values/canonical.ts',
    find: 'return day(dayIn(value, field.timeZone));',
    replace: 'return day(value);',
    from: 40_000_000,
  },
  {
    name: 'a number that Salesforce rounded, and that is taken for an edit',
    file: 'sync/mapping/asStored.ts',
    find: 'sameValue(one, value) || sameValue(asStored(field, one, country), value);',
    replace: 'sameValue(one, value);',
    from: 40_000_000,
  },
  {
    name: 'a mapping that is applied, and changes nothing in Salesforce',
    file: 'sync/command/applyMapping.ts',
    find: "else if (from === 'sellfire') fromSellfire(draft, field, inSellfire, inSalesforce, at);",
    replace: '',
    from: 40_000_000,
  },
  {
    name: 'a blank of Salesforce that overwrites, where the rule lets none through',
    file: 'sync/mapping/rules.ts',
    find: "(rule === 'SalesforceUnlessBlank' && value !== null)",
    replace: "rule === 'SalesforceUnlessBlank'",
    from: 40_000_000,
  },
  {
    name: 'a pair that differs, and is said to be in step',
    file: 'sync/why/differences.ts',
    find: 'if (isStoredSo || sameValue(sellfire, salesforce)) return [];',
    replace: 'if (sellfire !== undefined) return [];',
    from: 40_000_000,
  },
  {
    name: 'a value that its field cannot read, and that is sent',
    file: 'sync/mapping/unfit.ts',
    find: 'if (sentence === undefined) return undefined;',
    replace: 'if (sentence === undefined || sentence) return undefined;',
    from: 40_000_000,
  },
  {
    name: 'a state of a mapping that does not say which option the org lacks',
    file: 'sync/mapping/status.ts',
    find: 'const lacked = lackedBySalesforce(sellfire, salesforce);',
    replace: 'const lacked = lackedBySalesforce(sellfire, salesforce).slice(1);',
    from: 60_000_000,
  },
  {
    name: 'an alert that is over as soon as its state is',
    file: 'sync/alerts/decide.ts',
    find: 'if (now - goneSince >= calm.clear)',
    replace: 'if (now - goneSince >= 0)',
    from: 60_000_000,
  },
  {
    name: 'a right beyond the needs that is not named',
    file: 'sync/rights.ts',
    find: "? ['delete'] : [];",
    replace: '? [] : [];',
    from: 60_000_000,
  },
  {
    name: 'a country of a record that is replaced',
    file: 'sync/mapping/regionCodes.ts',
    find: 'if (region && codes.country && named === undefined)',
    replace: 'if (region && codes.country)',
    from: 60_000_000,
  },
  {
    name: 'a Task of an interrupted attempt that stays without what it lacks',
    file: 'sync/task.ts',
    find: 'const fields = known === null ? wanted : updateable(config, wanted);',
    replace: 'if (known !== null) continue; const fields = wanted;',
    from: 60_000_000,
  },
  {
    name: 'a field that is blamed for a part of a word',
    file: 'sync/writes/blame.ts',
    find: ": standsAlone(value, '').test(text);",
    replace: ': text.includes(value);',
    from: 60_000_000,
  },
  {
    name: 'an e-mail about an owner whom the lead has already',
    file: 'sync/fields/owner.ts',
    find: 'if (wanted === currentOwner) return { accepted: true };',
    replace: '',
  },
  {
    name: 'a sale that is held back as if creation were off',
    file: 'sync/sale/plan.ts',
    find: 'return isNew && !config.settings.createInSalesforce ?',
    replace: 'return isNew || !config.settings.createInSalesforce ?',
  },
  {
    name: 'a change that is to be written, and counts as done as it arrives',
    file: 'jobs/arrival.ts',
    find: 'return rest === 0 && ',
    replace: 'return ',
    from: 55_000_000,
  },
  {
    name: 'a lead that is asked for without its fields, so that Sellfire refuses it',
    file: 'sync/link/newLead.ts',
    find: 'if (value === null || !towardsSellfire(',
    replace: 'if (value !== null || !towardsSellfire(',
  },
  {
    name: 'an Account that is looked for by its name, where one has the phone',
    file: 'sync/sale/match.ts',
    find: 'if (byPhone.length === 0) {',
    replace: 'if (byPhone.length >= 0) {',
    from: 80_000_200,
  },
  {
    name: 'a record type that a sale does not give',
    file: 'sync/mapping/recordTypes.ts',
    find: 'created.includes(node) ?',
    replace: 'created.includes(node) && node.object !== "Account" ?',
    from: 80_000_000,
  },
  {
    name: 'a change in Salesforce that is not taken in, where links are restored',
    file: 'sync/command/restoreLink.ts',
    find: 'mergeRecord(draft, object, record, since);',
    replace: 'void mergeRecord;',
    from: 80_000_020,
  },
  {
    name: 'a value that nobody has entered, in a storm',
    file: 'jobs/execute.ts',
    find: 'const change = { fields: write.fields,',
    replace: "const change = { fields: 'city' in write.fields ? { city: 'Nowhere' } : write.fields,",
    isStorm: true,
  },
  {
    name: 'a write that a side took in after many more edits, taken for an edit',
    file: 'sync/values/register.ts',
    find: 'if (known && isInFlight(known, seen.value)) return true;',
    replace: '',
    from: 90_002_100,
  },
  {
    name: 'edits that lose one after another, taken for a flip-flop',
    file: 'sync/values/register.ts',
    find: 'isDue ? state.flipFlops : state.flipFlops + 1',
    replace: 'state.flipFlops + 1',
    from: 90_000_200,
  },
];
