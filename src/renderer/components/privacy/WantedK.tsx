import { NumberInput, Slider } from '@mantine/core';
import { MOST_K } from '../../../preload/contract/risk';
import { useNoun } from '../../state/noun';
import { wantK } from '../../state/risk';
import { countedNoun } from '../../words/noun';
import styles from './privacy.module.css';

const LEAST = 2;
/** Where the slider ends; the field beside it goes on. */
const SLIDER_END = 50;
const MARKS = [2, 5, 10, 20, 30, 40, 50].map((value) => ({ value, label: String(value) }));

/** How many rows shall be alike at least. */
export function WantedK({ k }: { k: number }) {
  const noun = useNoun();
  return (
    <div className={styles.wanted}>
      <span id="wanted-k">Alike at least</span>
      <Slider
        className={styles.slider ?? ''}
        size="sm"
        min={LEAST}
        max={SLIDER_END}
        value={Math.min(k, SLIDER_END)}
        onChange={wantK}
        label={null}
        marks={MARKS}
        thumbProps={{ 'aria-labelledby': 'wanted-k' }}
        thumbValueText={countedNoun(noun, k)}
      />
      <NumberInput
        size="xs"
        w={80}
        aria-label={`${noun.many} alike at least`}
        min={LEAST}
        max={MOST_K}
        allowDecimal={false}
        value={k}
        onChange={(given) => {
          const wanted = Number(given);
          if (Number.isInteger(wanted) && wanted >= LEAST && wanted <= MOST_K) wantK(wanted);
        }}
      />
    </div>
  );
}
