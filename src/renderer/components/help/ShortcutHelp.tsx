import { Modal } from '@mantine/core';
import { type Command, COMMANDS, shownKeyOf } from '../../../preload/contract/commands';
import { inElectron } from '../../bridge';
import { closeOverlay, useOverlays } from '../palette/overlays';
import { Keys } from './Keys';
import { KEYS_IN_PLACE } from './keys-in-place';
import styles from './help.module.css';

/** Every shortcut on one sheet. */
export function ShortcutHelp() {
  const shown = useOverlays((state) => state.shown === 'shortcuts');
  const hasMenu = inElectron();
  const commands: Command[] = Object.values(COMMANDS);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Modal
      opened={shown}
      onClose={closeOverlay}
      title="Keyboard shortcuts"
      size={720}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.sheet}>
        {groups.map((group) => (
          <Group
            key={group}
            name={group}
            keys={commands.flatMap((command) => {
              const key = shownKeyOf(command, hasMenu);
              return command.group === group && key !== null ? [[key, command.title]] : [];
            })}
          />
        ))}
        {KEYS_IN_PLACE.map(([place, keys]) => (
          <Group key={place} name={place} keys={keys} />
        ))}
      </div>
    </Modal>
  );
}

function Group({ name, keys }: { name: string; keys: readonly (readonly [string, string])[] }) {
  if (keys.length === 0) return null;
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {keys.map(([shortcut, does]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              <Keys shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
