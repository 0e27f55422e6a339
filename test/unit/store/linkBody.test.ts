// A link is read as it was written, also where most of its text is that of an earlier revision.
import { describe, expect, it } from '@jest/globals';
import { newLink, type FieldState, type Link } from '../../../bridge/model/link.ts';
import { emptyState } from '../../../bridge/sync/values/register.ts';
import { linkText, readLink } from '../../../bridge/store/texts.ts';
import type { WrittenLink } from '../../../bridge/store/linkBody.ts';

const replica = { lastKnown: 'Austin', at: 5, targetVersion: 2, delivered: 2, confirmed: 1 };
const full: FieldState = {
  register: { value: 'Austin', at: 5, by: 'sellfire', version: 2 },
  previousValues: ['Waco', null],
  replicas: {
    sellfire: { ...replica, inFlight: [{ value: 'Austin', revision: 3 }], refused: { version: 1, code: 'NO' } },
    'Lead.City': { lastKnown: null, targetVersion: 0, delivered: 0, confirmed: 0 },
  },
  flipFlops: 3,
  suspended: true,
};
const link: Link = {
  ...newLink('lead-1'),
  revision: 4,
  record: { object: 'Lead', id: '00Q1' },
  fields: { city: full, 'it\'s “quoted”"': { ...emptyState(), replicas: { sellfire: replica } }, blank: emptyState() },
};

/** Saves it and reads it. */
function read(of: Link, before?: WrittenLink): Link {
  const { body } = linkText(of, before).text;
  return readLink({ leadId: of.leadId, revision: of.revision + 1, body });
}

describe('the text of a link', () => {
  it('is read as the link that was written, one revision higher', () => {
    expect(read(link)).toEqual({ ...link, revision: 5 });
    expect(read(newLink('lead-2'))).toEqual({ ...newLink('lead-2'), revision: 1 });
  });

  it('leaves out what a reader adds', () => {
    const { body } = linkText({ ...newLink('lead-1'), fields: { blank: emptyState() } }).text;
    expect(JSON.parse(body)).toEqual({ leadId: 'lead-1', revision: 1, fields: { blank: { replicas: {} } } });
  });

  it('is the same whether or not the revision before is known, for each field that is new, other or gone', () => {
    const { saved } = linkText(link);
    const city = { ...full, flipFlops: 4 };
    const { blank: _, ...others } = saved.link.fields;
    for (const fields of [saved.link.fields, { ...saved.link.fields, city }, { ...others, phone: full }]) {
      const next = { ...saved.link, fields };
      expect(linkText(next, saved).text.body).toBe(linkText(next).text.body);
      expect(read(next, saved)).toEqual({ ...next, revision: 6 });
    }
  });

  it('takes nothing from another revision than the one before', () => {
    const { saved } = linkText(link);
    const texts = { ...saved.texts, city: '"city":{"replicas":{}}' };
    expect(read({ ...link, revision: 9 }, { ...saved, texts })).toEqual({ ...link, revision: 10 });
  });
});

describe('a link keeps its records', () => {
  const before = { link: { ...link, revision: 5 }, texts: undefined };
  const keeps = (patch: Partial<Link>, of = before): boolean =>
    linkText({ ...of.link, ...patch }, of).text.keepsRecords;

  it('where it names those of the revision before', () => expect(keeps({ fields: {} })).toBe(true));

  it.each<Partial<Link>>([
    { record: { object: 'Contact', id: '0031' } },
    { accountId: '0011' },
    { lostAccountId: '0011' },
    { awaits: { object: 'Lead', id: '00Q2' } },
    { ended: { by: 'sellfire', at: 1 } },
    { revision: 6 },
  ])('not with %j', (patch) => expect(keeps(patch)).toBe(false));

  it('not where nothing is known of it, where it had ended, or awaited a record', () => {
    expect(linkText(link).text.keepsRecords).toBe(false);
    for (const patch of [
      { ended: { by: 'sellfire', at: 1 } },
      { awaits: { object: 'Lead', id: '00Q2' } },
    ] satisfies Partial<Link>[]) {
      const { ended: _, awaits: __, ...rest } = { ...before.link, ...patch };
      expect(linkText(rest, { ...before, link: { ...before.link, ...patch } }).text.keepsRecords).toBe(false);
    }
  });
});
