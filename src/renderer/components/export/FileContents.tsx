import type { Generalisation, Risk } from '../../../preload/contract/risk';
import { columnTitle, labelWithin } from '../../state/column-words';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { counted } from '../../words/counts';
import { formatShare } from '../../words/numbers';
import type { ProtectedExport } from './protected-export-store';
import styles from './protected-export.module.css';

interface Props {
  asked: ProtectedExport;
  risk: Risk | null;
  generalised: Generalisation | null;
}

/** In plain words: what the file will hold, what it will not, and what it does not protect from. */
export function FileContents({ asked, risk, generalised }: Props) {
  const described = useDescribed((state) => state.described);
  const seen = useExplore((state) => state.columns);
  const noun = useNoun();
  const all = described?.columns ?? [];
  const shown = asked.scope === 'seen' ? all.filter(({ name }) => seen.includes(name)) : [...all];
  const naming = all.filter(({ privacy }) => privacy === 'identifies');
  const identifying = naming.filter((column) => shown.includes(column));
  const dropped = new Set(
    (generalised?.columns ?? []).flatMap(({ column, step }) =>
      step.kind === 'dropped' && shown.some(({ name }) => name === column) ? [column] : [],
    ),
  );
  // Rows that are alike are not named either.
  const isNameless = asked.pseudonymised || asked.isAlike;
  const isIn = ({ name, privacy }: (typeof all)[number]) =>
    !(isNameless && privacy === 'identifies') && !dropped.has(name);
  const columns = shown.filter(isIn);
  const coarser = (generalised?.columns ?? []).filter(
    ({ column, step }) =>
      step.kind !== 'exact' &&
      step.kind !== 'dropped' &&
      columns.some(({ name }) => name === column),
  );
  const rows = generalised?.rows ?? risk?.figures.rows ?? null;
  const list = (those: readonly { name: string }[]) =>
    those.map(({ name }) => columnTitle(name)).join(', ');
  return (
    <div className={styles.contents} aria-live="polite">
      <section aria-labelledby="in-the-file">
        <h3 id="in-the-file">In the file</h3>
        <ul>
          {rows !== null && (
            <li>
              {countedNoun(noun, rows)}, {counted(columns.length, 'column')}: {list(columns)}.
            </li>
          )}
          {asked.pseudonymised && (
            <li>
              A key for each {noun.one} in place of its name,{' '}
              {asked.rekey
                ? 'made for this file alone: nobody can join it with another one by its keys.'
                : 'the same in every export: two files can be joined by it.'}
            </li>
          )}
          {!isNameless && identifying.length > 0 && (
            <li className={styles.warning}>The names themselves: {list(identifying)}.</li>
          )}
          {coarser.length > 0 && (
            <li>
              Coarser than they are: {coarser.map(({ column }) => columnTitle(column)).join(', ')}.
            </li>
          )}
        </ul>
      </section>
      <section aria-labelledby="not-in-the-file">
        <h3 id="not-in-the-file">Not in the file</h3>
        <ul>
          {isNameless && naming.length > 0 && <li>{list(naming)}.</li>}
          {isNameless && <li>Any other column in which {noun.many} are named.</li>}
          {dropped.size > 0 && <li>{[...dropped].map(columnTitle).join(', ')}: too telling.</li>}
          {generalised !== null && generalised.suppressed > 0 && (
            <li>
              {countedNoun(noun, generalised.suppressed)} that still stood out. That they are
              missing does not make them safe.
            </li>
          )}
          {asked.pseudonymised && <li>The list of which key is whom: it stays in the app.</li>}
        </ul>
      </section>
      <p className={styles.limits}>{limitWords(asked, risk, generalised, noun)}</p>
    </div>
  );
}

/** What the file still gives away. */
function limitWords(
  asked: ProtectedExport,
  risk: Risk | null,
  generalised: Generalisation | null,
  noun: ReturnType<typeof useNoun>,
): string {
  if (generalised !== null) {
    return generalised.k === null
      ? `No ${noun.one} is left: ask for less, or by fewer columns.`
      : `Each ${noun.one} is like at least ${countedNoun(noun, generalised.k - 1)} more in these columns. What they have in common is told of all of them, and other columns may still single them out.`;
  }
  if (risk === null || !asked.pseudonymised) return '';
  const { figures } = risk;
  if (figures.unique_rows === 0) return '';
  return `Without names is not anonymous: ${figures.columns.map(labelWithin).join(', ')} together single out ${countedNoun(noun, figures.unique_rows)} (${formatShare(figures.unique_rows, figures.rows)}).`;
}
