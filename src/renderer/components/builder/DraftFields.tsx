import { type ComponentType, useEffect, useState } from 'react';
import { AppError } from '../../../preload/contract/errors';
import type { BuiltOver, ChartDraft, FieldsProps } from '../../cards/card-kind';
import { ErrorNote } from '../ErrorNote';
import { loadCode } from '../load-code';
import { builderOf, withChart } from './chart-draft';
import { KindPicker } from './KindPicker';

interface Props {
  draft: ChartDraft;
  over: BuiltOver;
  onChange(draft: ChartDraft): void;
}

/** The chart, and what its kind lets a person choose. */
export function DraftFields({ draft, over, onChange }: Props) {
  return (
    <>
      <KindPicker
        draft={draft}
        over={over}
        onChoose={(chart) => onChange(withChart(draft, chart, over))}
      />
      <LoadedFields
        key={draft.chart}
        draft={draft}
        over={over}
        put={(part) => onChange({ ...draft, ...part })}
      />
    </>
  );
}

function LoadedFields(props: FieldsProps) {
  const { chart } = props.draft;
  const [Fields, setFields] = useState<ComponentType<FieldsProps> | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setError(null);
    loadCode(() => builderOf(chart).loadFields())
      .then((fields) => isWanted && setFields(() => fields))
      .catch((cause: unknown) => isWanted && setError(asAppError(cause)));
    return () => {
      isWanted = false;
    };
  }, [chart, attempt]);
  if (error !== null)
    return <ErrorNote error={error} onRetry={() => setAttempt((count) => count + 1)} />;
  return Fields === null ? null : <Fields {...props} />;
}

function asAppError(cause: unknown): AppError {
  return cause instanceof AppError
    ? cause
    : new AppError('internal', 'The choices could not be shown.', { cause });
}
