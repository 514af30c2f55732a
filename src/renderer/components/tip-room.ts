import type { Room } from '../charts/tip-place';

/** What is seen of a chart: the board ends at the table below it, and chips lie on its top. */
export function roomOf(chart: HTMLElement): Room {
  const { top, height, width } = chart.getBoundingClientRect();
  const isOver = chart.closest('[data-full], [role="dialog"]') !== null;
  const board = isOver ? null : chart.closest('.board');
  const chips = board?.querySelector('.chip-bar')?.getBoundingClientRect().bottom ?? 0;
  const end = board?.getBoundingClientRect().bottom ?? window.innerHeight;
  return { top: Math.max(0, chips - top), bottom: Math.min(height, end - top), width };
}
