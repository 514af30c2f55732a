import type { ComponentType } from 'react';
import { loadedPart } from '../loaded-part';

export interface PrivacySection {
  readonly id: string;
  readonly title: string;
  readonly Part: ComponentType;
}

/** What stands on the Privacy screen, in its order. Each part is loaded when it is first shown. */
export const SECTIONS: readonly PrivacySection[] = [
  {
    id: 'risk',
    title: 'Re-identification',
    Part: loadedPart(async () => (await import('./RiskSection')).default),
  },
  {
    id: 'pseudonymised',
    title: 'Pseudonymised export',
    Part: loadedPart(async () => (await import('./PseudonymisedSection')).default),
  },
  {
    id: 'erasures',
    title: 'Erasures',
    Part: loadedPart(async () => (await import('../erasure/ReceiptsSection')).default),
  },
  {
    id: 'protection',
    title: 'Protection',
    Part: loadedPart(async () => (await import('../protection/ProtectionSection')).default),
  },
  {
    id: 'access-log',
    title: 'Access log',
    Part: loadedPart(async () => (await import('../protection/AccessLogSection')).default),
  },
];
