import { useState } from 'react';
import { typeColor } from '../../charts/type-colors';
import { useApp } from '../../state/app-store';
import { useChartTheme } from '../../state/use-chart-theme';
import classes from './Sprite.module.css';

interface Props {
  id: number;
  types: readonly (string | null)[];
  /** Pixels on the screen: a multiple of 96, or the half of it. */
  size: 48 | 96 | 192;
}

/** A Pokémon's picture, or a ball drawn in its types' colours where there is none. Decorative. */
export function Sprite({ id, types, size }: Props) {
  const isThere = useApp((state) => state.sprites.has(id));
  /** The one that did not come although it was said to be there. */
  const [failed, setFailed] = useState<number | null>(null);
  if (!isThere || failed === id) return <Placeholder types={types} size={size} />;
  return (
    <img
      className={classes['sprite']}
      src={`/sprites/${id}.png`}
      width={size}
      height={size}
      alt=""
      draggable={false}
      decoding="async"
      onError={() => setFailed(id)}
    />
  );
}

function Placeholder({ types, size }: Pick<Props, 'types' | 'size'>) {
  const { dark, surface } = useChartTheme();
  const [first, second] = types;
  const top = typeColor(first, dark);
  const bottom = typeColor(second ?? first, dark);
  return (
    <svg
      className={classes['placeholder']}
      width={size}
      height={size}
      viewBox="0 0 48 48"
      aria-hidden="true"
    >
      <path d="M9 24a15 15 0 0 1 30 0z" fill={top} />
      <path d="M9 24a15 15 0 0 0 30 0z" fill={bottom} opacity={second ? 1 : 0.45} />
      <path d="M9 24h30" stroke={surface} strokeWidth="2.5" />
      <circle cx="24" cy="24" r="5" fill={top} stroke={surface} strokeWidth="2.5" />
    </svg>
  );
}
