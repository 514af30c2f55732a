import type { RiskFigures } from '../../../preload/contract/risk';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { formatNumber, formatShare } from '../../words/numbers';
import { verdictWords } from './verdict-words';
import styles from './privacy.module.css';

/** The figures in large, and what they come to. */
export function Verdict({ figures }: { figures: RiskFigures }) {
  const noun = useNoun();
  const { k, unique_rows, rows, classes } = figures;
  const tiles: [label: string, value: string, isExposed: boolean][] = [
    ['Smallest group (k)', k === null ? '–' : countedNoun(noun, k), k === 1],
    ['Singled out', formatShare(unique_rows, rows), unique_rows > 0],
    ['Groups of the same values', formatNumber(classes), false],
  ];
  return (
    <>
      <p className={styles.verdict}>{verdictWords(figures, noun)}</p>
      <dl className={styles.tiles}>
        {tiles.map(([label, value, isExposed]) => (
          <div key={label} className="tile">
            <dt>{label}</dt>
            <dd data-exposed={isExposed || undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
