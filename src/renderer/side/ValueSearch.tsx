import { TextInput } from '@mantine/core';

interface Props {
  of: string;
  isNeeded: boolean;
  text: string;
  onText(text: string): void;
}

/** Finds one of a column's many values. */
export function ValueSearch({ of, isNeeded, text, onText }: Props) {
  if (!isNeeded) return null;
  return (
    <TextInput
      size="xs"
      className="value-search"
      aria-label={`Find a value of ${of}`}
      placeholder="Find a value"
      value={text}
      maxLength={200}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
