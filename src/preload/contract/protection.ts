import { z } from 'zod';

/** The protected mode, as a page sees it. */
export interface ProtectionState {
  /** `locked`: what is shown is the redacted copy. */
  state: 'off' | 'unlocked' | 'locked';
  /** Minutes without use after which it locks; null where it is off. */
  lock_after: number | null;
  /** Why it cannot be switched on here; null where it can. */
  obstacle: string | null;
}

const secret = z.string().min(1).max(1000);

export const PROTECTION_CALLS = {
  'protection.state': z.strictObject({}),
  /** Answers with the recovery code, which is shown once. */
  'protection.on': z.strictObject({ passphrase: secret }),
  /** By the passphrase or the recovery code, as the next two. */
  'protection.off': z.strictObject({ secret }),
  'protection.unlock': z.strictObject({ secret }),
  'protection.lock': z.strictObject({}),
} as const;

/** The data key, for paper. */
export interface RecoveryCode {
  code: string;
}

export interface ProtectionResults {
  'protection.state': ProtectionState;
  'protection.on': RecoveryCode;
  'protection.off': null;
  'protection.unlock': null;
  'protection.lock': null;
}

/** What a person keeps on paper. */
export function recoverySheet(code: string, at: Date): string {
  return [
    'Pokédex Explorer: recovery sheet',
    '',
    `The data were protected on ${at.toISOString().slice(0, 10)}.`,
    'This code opens them without the passphrase. Whoever has it and a copy of the data',
    'can read all of it: keep it on paper, apart from this computer. It is not shown again.',
    '',
    `    ${code.slice(0, 34)}`,
    `    ${code.slice(35)}`,
    '',
    'To use it, give it where the passphrase is asked for.',
  ].join('\n');
}
