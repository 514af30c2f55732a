import { useLayoutEffect } from 'react';
import { mark, useToldTurn } from '../../state/answers';

/** Stands last on the screen, so its effect runs when everything before it shows the answers. */
export function ShownMark() {
  const turn = useToldTurn();
  useLayoutEffect(() => mark('explore:shown', turn), [turn]);
  return null;
}
