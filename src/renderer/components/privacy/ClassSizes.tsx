import { useMemo } from 'react';
import type { Generalisation, RiskFigures } from '../../../preload/contract/risk';
import { useChartTheme } from '../../state/use-chart-theme';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { EChart } from '../EChart';
import { classSizeOption, exposedColor } from './class-size-option';
import { sizeBins, sizeEdges, sizeWords } from './class-sizes';
import styles from './privacy.module.css';

interface Props {
  figures: RiskFigures;
  generalised: Generalisation | null;
  wanted: number;
}

/** How many rows have how much company, now and generalised. */
export function ClassSizes({ figures, generalised, wanted }: Props) {
  const theme = useChartTheme();
  const noun = useNoun();
  const { before, after } = useMemo(() => {
    const given = generalised?.after.sizes ?? null;
    const edges = sizeEdges(wanted, figures.sizes, given ?? []);
    return {
      before: sizeBins(figures.sizes, edges),
      after: given === null ? null : sizeBins(given, edges),
    };
  }, [figures, generalised, wanted]);
  const option = useMemo(
    () => classSizeOption(before, after, wanted, noun, theme),
    [before, after, wanted, noun, theme],
  );
  const label = before
    .filter(({ rows }) => rows > 0)
    .map((bin) => `${sizeWords(bin)}: ${countedNoun(noun, bin.rows)}`)
    .join('; ');
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2>How many are alike</h2>
        <p className="card-legend">
          <span style={{ ['--of' as string]: exposedColor(theme) }}>fewer than {wanted}</span>
          <span style={{ ['--of' as string]: theme.ghost }}>{wanted} or more</span>
          {after !== null && <span style={{ ['--of' as string]: theme.accent }}>generalised</span>}
        </p>
      </figcaption>
      <EChart
        option={option}
        height={220}
        label={`${noun.many} by how many are alike in the chosen columns. ${label}`}
      />
    </figure>
  );
}
