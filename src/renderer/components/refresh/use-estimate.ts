import { useEffect, useState } from 'react';
import type { Progress } from '../../../preload/contract/reports';
import { type Estimate, estimate, type Sample, withSample } from './estimate-progress';

/** The pace of a gather, from the progress seen so far. */
export function useEstimate(progress: Progress | null): Estimate {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((known) =>
      progress?.phase === 'gather' ? withSample(known, progress, Date.now()) : [],
    );
  }, [progress]);
  return estimate(samples, progress?.phase === 'gather' ? progress.total : null);
}
