import { useDebouncedValue } from '@mantine/hooks';

/** After so long without a change; a slider that is pulled says nothing on its way. */
const RESTED_MS = 600;

/** Says to screen readers what has changed, once it rests. */
export function Spoken({ text }: { text: string }) {
  const [said] = useDebouncedValue(text, RESTED_MS);
  return (
    <p className="spoken" role="status">
      {said}
    </p>
  );
}
