import { type ComponentType, useEffect, useState } from 'react';
import { ChartBuilder } from '../builder/ChartBuilder';
import { NoticeArea } from '../help/NoticeArea';
import { sayFailed } from '../help/notices';
import { ShortcutHelp } from '../help/ShortcutHelp';
import { loadCode } from '../load-code';
import { closeOverlay, returnFocus, useOverlays } from './overlays';

/** What lies over every screen: palette, shortcuts, chart builder, messages. Mounted once. */
export function Overlays() {
  const { shown, edited } = useOverlays();
  const CommandPalette = usePalette();
  useEffect(() => {
    if (shown === null) returnFocus();
  }, [shown]);
  return (
    <>
      {CommandPalette !== null && <CommandPalette />}
      <ShortcutHelp />
      {shown === 'builder' && <ChartBuilder card={edited} onClose={closeOverlay} />}
      <NoticeArea />
    </>
  );
}

/** The palette, loaded once the screen is drawn: it is not part of what the page starts with. */
function usePalette(): ComponentType | null {
  const [Palette, setPalette] = useState<ComponentType | null>(null);
  const wanted = useOverlays((state) => state.shown === 'palette');
  useEffect(() => {
    if (Palette !== null) return;
    loadCode(() => import('./CommandPalette'))
      .then(({ default: CommandPalette }) => setPalette(() => CommandPalette))
      .catch((error: unknown) => {
        // It is loaded again when it is wanted, and only then is anything missing.
        if (!wanted) return;
        closeOverlay();
        sayFailed(error);
      });
  }, [Palette, wanted]);
  return Palette;
}
