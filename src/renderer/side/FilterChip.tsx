import { useExplore } from '../state/explore-store';
import type { Selection } from '../state/selections';
import { CloseIcon } from '../components/icons';
import { TextPopover } from '../components/TextPopover';
import { describeFilter } from '../state/filter-words';
import { loadedPart } from '../components/loaded-part';

const FilterEditor = loadedPart(async () => (await import('./FilterEditor')).FilterEditor);

interface Props extends Selection {
  /** It is switched off: it does not filter, and can be switched on again. */
  isOff: boolean;
  /** Before the chip goes: its focus has to go somewhere else. */
  onLeave(): void;
}

/** One filter: its text opens it, its cross takes it away. */
export function FilterChip({ source, filter, isOff, onLeave }: Props) {
  const { select, dropSwitchedOff } = useExplore.getState();
  const words = describeFilter(filter);
  const remove = () => {
    onLeave();
    if (isOff) dropSwitchedOff(source);
    else select(source, null);
  };
  return (
    <span className="chip" data-off={isOff || undefined}>
      <TextPopover
        text={isOff ? `${words} (off)` : words}
        title="Change this filter"
        className="chip-text"
        width={280}
      >
        {(close) => (
          <FilterEditor
            source={source}
            filter={filter}
            isOff={isOff}
            onClose={close}
            onRemove={remove}
          />
        )}
      </TextPopover>
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove filter ${words}`}
        title="Remove this filter"
        onClick={remove}
      >
        <CloseIcon />
      </button>
    </span>
  );
}
