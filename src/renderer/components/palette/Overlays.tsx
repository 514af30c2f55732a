import { useEffect } from 'react';
import { ChartBuilder } from '../builder/ChartBuilder';
import { NoticeArea } from '../help/NoticeArea';
import { ShortcutHelp } from '../help/ShortcutHelp';
import { CommandPalette } from './CommandPalette';
import { closeOverlay, returnFocus, useOverlays } from './overlays';

/** What lies over every screen: palette, shortcuts, chart builder, messages. Mounted once. */
export function Overlays() {
  const { shown, edited } = useOverlays();
  useEffect(() => {
    if (shown === null) returnFocus();
  }, [shown]);
  return (
    <>
      <CommandPalette />
      <ShortcutHelp />
      {shown === 'builder' && <ChartBuilder card={edited} onClose={closeOverlay} />}
      <NoticeArea />
    </>
  );
}
