import { useApp } from '../../state/app-store';
import { sayTrouble } from './notices';

/** Says once each what of the kept files could not be used. */
export function followTroubles(): void {
  const said = new Set<string>();
  useApp.subscribe(({ troubles }) => {
    for (const trouble of troubles) {
      if (said.has(trouble.message)) continue;
      said.add(trouble.message);
      sayTrouble(trouble);
    }
  });
}
