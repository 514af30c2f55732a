import { type KeyboardEvent, useId, useState } from 'react';

interface Props {
  label: string;
  /** Names in the order the keys walk them. */
  names: readonly string[];
  chosen(index: number): boolean;
  onToggle(index: number): void;
  onClear(): void;
  onHighlight(index: number | null): void;
}

/**
 * Lets the keyboard choose what a click on a bar or square chooses: arrows walk, Enter or Space
 * toggles, Escape lets go. Invisible but for its focus ring and the name it is at.
 */
export function CategoryKeys({ label, names, chosen, onToggle, onClear, onHighlight }: Props) {
  const id = useId();
  const [place, setAt] = useState(0);
  // Filters elsewhere may have taken names away.
  const at = Math.min(place, Math.max(0, names.length - 1));
  const [focused, setFocused] = useState(false);
  const go = (index: number) => {
    const next = Math.min(names.length - 1, Math.max(0, index));
    setAt(next);
    onHighlight(next);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) go(at + step);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(names.length - 1);
    else if (event.key === 'Enter' || event.key === ' ') onToggle(at);
    else if (event.key === 'Escape') onClear();
    else return;
    event.preventDefault();
  };
  const name = names[at] ?? '';
  return (
    <div
      className="category-keys"
      role="listbox"
      aria-label={`${label}: arrows walk, Enter chooses, Escape lets go`}
      aria-multiselectable="true"
      aria-activedescendant={id}
      tabIndex={0}
      onKeyDown={key}
      onFocus={() => {
        setFocused(true);
        onHighlight(at);
      }}
      onBlur={() => {
        setFocused(false);
        onHighlight(null);
      }}
    >
      <span id={id} role="option" aria-selected={chosen(at)} hidden={!focused}>
        {name}
        {chosen(at) ? ', chosen' : ''}
      </span>
    </div>
  );
}
