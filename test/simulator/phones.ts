// The phone numbers of a simulation, which is in one country: few, so that they collide; as E.164 and as people type
// them there.

/** The seed of a history selects one of them. */
export const COUNTRIES = ['US', 'GB', 'DE'];

const NUMBERS: Record<string, { international: string; national: (phone: string) => string }> = {
  US: {
    international: '+151255501',
    national: (phone) => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`,
  },
  GB: { international: '+4420794601', national: (phone) => `020 ${phone.slice(5, 9)} ${phone.slice(9)} ext. 4` },
  DE: { international: '+4930901820', national: (phone) => `030/${phone.slice(5, 9)} ${phone.slice(9)}` },
};

export const phonesOf = (country: string): string[] =>
  ['01', '02', '03', '04', '05'].map((line) => (NUMBERS[country]?.international ?? '') + line);

/** The number as it is typed in its own country. */
export const atHome = (phone: string, country: string): string => NUMBERS[country]?.national(phone) ?? phone;
