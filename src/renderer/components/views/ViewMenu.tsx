import { Button, Menu } from '@mantine/core';
import { DashboardIcon, DownIcon } from '../icons';
import { showOverlay } from '../palette/overlays';
import { showDefaultCards } from '../../undo/arranging';
import { openView, saveView } from './view-actions';

/** The dashboard as a whole: add a chart, save it, open another one, go back to the default. */
export function ViewMenu() {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<DashboardIcon />}
          rightSection={<DownIcon size={12} />}
        >
          View
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => showOverlay('builder')}>Add a chart…</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void saveView()}>Save view…</Menu.Item>
        <Menu.Item onClick={() => void openView()}>Open view…</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={showDefaultCards}>Default charts</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
