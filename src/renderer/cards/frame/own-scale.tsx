import { type ReactNode, useState } from 'react';

/** Of the highest bar of the whole: what is lower cannot be told apart beside it. */
const TOO_LOW = 0.08;

interface OwnScale {
  /** Where the axis of counts ends; null for where the whole's ends. */
  end: number | null;
  tool: ReactNode;
}

/**
 * Offers a card a scale of its own where the highest count that is selected vanishes beside the
 * highest of the whole. `compared`: the highest of what is outlined over it, which has to fit.
 */
export function useOwnScale(selected: number, whole: number, compared = 0): OwnScale {
  const [isWanted, setIsWanted] = useState(false);
  const isOwn = isWanted && selected > 0 && selected < whole;
  const isOffered = isWanted || (selected > 0 && selected < whole * TOO_LOW);
  return {
    end: isOwn
      ? roundUp(Math.max(selected, compared))
      : compared > whole
        ? niceEnd(compared)
        : null,
    tool: isOffered && (
      <button
        type="button"
        className="card-clear"
        aria-pressed={isWanted}
        title={isWanted ? 'Back to the scale of the whole' : 'Scale the bars to what is selected'}
        onClick={() => setIsWanted(!isWanted)}
      >
        {isWanted ? 'Whole scale' : 'Own scale'}
      </button>
    ),
  };
}

/** A little beyond a count: 120 for 112, 680 for 667. */
function niceEnd(count: number): number {
  const step = 10 ** Math.floor(Math.log10(count)) / 5;
  return Math.ceil(Math.ceil(count / step) * step);
}

/** 1, 2 or 5 times a power of ten. */
export function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  return ([1, 2, 5, 10].find((times) => times * power >= count) ?? 10) * power;
}
