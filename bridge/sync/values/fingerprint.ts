// A short name for a long text: the same text gives the same 32 hexadecimal digits, and no two that anybody will meet share
// them. It is no secret and no signature.

// FNV-1a with 128 bits (Fowler, Noll, Vo): pure arithmetic, since the core imports no cryptography.
const BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;
const MASK = (1n << 128n) - 1n;

export function fingerprint(text: string): string {
  let hash = BASIS;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  return hash.toString(16).padStart(32, '0');
}
