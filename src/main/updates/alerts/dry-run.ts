import type { AlertRule, DryRunFiring } from '../../../preload/contract/alerts';
import type { ChangeSource } from './change-source';
import { HeldRule } from './hold-rule';

export interface DryRun {
  firings: DryRunFiring[];
  /** How many versions it was held against. */
  versions: number;
  /** Versions of which it can no longer be told. */
  untold: number[];
}

/** What a rule would have fired, had it been there from the first version that is kept. */
export async function dryRun(rule: AlertRule, source: ChangeSource): Promise<DryRun> {
  const held = new HeldRule(rule, source, 0);
  const versions = await source.versions();
  const firings: DryRunFiring[] = [];
  const untold: number[] = [];
  for (const version of versions) {
    const outcome = await held.against(version);
    if (outcome.kind === 'untold') untold.push(version.version);
    if (outcome.kind !== 'matched') continue;
    const { changes, since } = outcome;
    const root = firings.find((each) => each.version === since)?.grouped_with ?? since;
    firings.push({
      version: version.version,
      timestamp: new Date(version.published).toISOString(),
      changes: [...changes],
      ...(root === null ? {} : { grouped_with: root }),
    });
  }
  return { firings, versions: versions.length - untold.length, untold };
}
