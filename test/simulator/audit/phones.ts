// Which numbers a record is known by (M17), and which leads and records with one number are pairs (M16): only one lead with one record.

export interface KnownField {
  name: string;
  type: string;
  isSearchable: boolean;
}

/** Of the person; the number of the assistant is somebody else's. */
const STANDARD = ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone'];

/** @param mapped fields that are mapped and not off, with what they are mapped to */
export function auditPhoneFields(
  fields: readonly KnownField[],
  mapped: readonly { field: string; to: string }[],
  given: readonly string[],
): string[] {
  const wanted = fields.filter(
    ({ name, type, isSearchable }) =>
      isSearchable &&
      (STANDARD.includes(name) ||
        mapped.some(
          (one) =>
            one.field === name &&
            (one.to === 'primary_phone_number' || (type === 'phone' && name !== 'AssistantPhone')),
        )),
  );
  const names = wanted.map(({ name }) => name);
  return names.toSorted().join() === given.toSorted().join()
    ? []
    : [`M17: a record is known by ${given.join()} instead of ${names.join()}.`];
}

export interface Candidate {
  leadId: string;
  holders: readonly { id: string }[];
}

interface Pairs {
  pairs: readonly { leadId: string; record: { id: string } }[];
  ambiguous: readonly { leadId: string; why: { sentence: string } }[];
}

export function auditPairs(candidates: readonly Candidate[], { pairs, ambiguous }: Pairs): string[] {
  const holdersOf = (id: string): string[] =>
    candidates.filter(({ holders }) => holders.some((one) => one.id === id)).map(({ leadId }) => leadId);
  const isPair = ({ holders: [only, ...others] }: Candidate): boolean =>
    only !== undefined && others.length === 0 && holdersOf(only.id).length === 1;
  const wanted = candidates.filter(isPair).map(({ leadId, holders }) => `${leadId} ${holders[0]?.id}`);
  const made = pairs.map(({ leadId, record }) => `${leadId} ${record.id}`);
  const doubtful = candidates.filter((one) => one.holders.length > 0 && !isPair(one));
  const said = doubtful.flatMap(({ leadId, holders }) => {
    const why = ambiguous.find((one) => one.leadId === leadId)?.why.sentence ?? '';
    // Of several records with the number each is named; of several leads with the record each of those.
    const names = holders.length > 1 ? holders.map(({ id }) => id) : holdersOf(holders[0]?.id ?? '');
    return names.every((name) => why.includes(name)) ? [] : [`M16: why ${leadId} is in no pair is "${why}".`];
  });
  return [
    ...(wanted.toSorted().join() === made.toSorted().join() ? [] : [`M16: the pairs are ${made.join(', ')}.`]),
    ...(ambiguous.length === doubtful.length ? [] : [`M16: ${ambiguous.length} leads are in doubt.`]),
    ...said,
  ];
}
