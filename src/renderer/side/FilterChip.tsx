import { useExplore } from '../state/explore-store';
import type { Selection } from '../state/selections';
import { CloseIcon } from '../components/icons';
import { TextPopover } from '../components/TextPopover';
import { describeFilter } from '../state/filter-words';
import { FilterEditor } from './FilterEditor';

interface Props extends Selection {
  /** Before the chip goes: its focus has to go somewhere else. */
  onLeave(): void;
}

/** One active filter: its text opens it, its cross takes it away. */
export function FilterChip({ source, filter, onLeave }: Props) {
  const select = useExplore((state) => state.select);
  const words = describeFilter(filter);
  const remove = () => {
    onLeave();
    select(source, null);
  };
  return (
    <span className="chip">
      <TextPopover text={words} title="Change this filter" className="chip-text" width={280}>
        {(close) => (
          <FilterEditor source={source} filter={filter} onClose={close} onRemove={remove} />
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
