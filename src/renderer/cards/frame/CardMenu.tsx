import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import { AppError } from '../../../preload/contract/errors';
import { sayFailed } from '../../components/help/notices';
import { MenuIcon } from '../../components/icons';
import { hasRoom, duplicateCard } from '../order';
import { useExplore } from '../../state/explore-store';
import { ArrangeItems } from './ArrangeItems';
import type { ChartImage } from './chart-image';

interface Props {
  id: string;
  title: string;
  asTable: boolean;
  onAsTable(asTable: boolean): void;
  full: boolean;
  onFull(full: boolean): void;
  image(): ChartImage | null;
  onEdit: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

/** What can be done with a card. It stays as it is while the card's answers change. */
export const CardMenu = memo(function CardMenu(props: Props) {
  const { asTable, full } = props;
  const withImage = (use: (image: ChartImage) => Promise<void>) => () => {
    const image = props.image();
    if (image === null) {
      const hint = 'Try again in a moment.';
      sayFailed(new AppError('usage', `“${props.title}” is still loading.`, { hint }));
    } else void use(image);
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`${props.title}: menu`}>
          <MenuIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => props.onAsTable(!asTable)}>
          {asTable ? 'Show chart' : 'Show data table'}
        </Menu.Item>
        <Menu.Item onClick={() => props.onFull(!full)}>
          {full ? 'Leave full screen' : 'Full screen'}
        </Menu.Item>
        <Menu.Item onClick={withImage((image) => image.copyData())}>Copy data</Menu.Item>
        <Menu.Item onClick={withImage((image) => image.save('png'))}>Save as PNG</Menu.Item>
        <Menu.Item onClick={withImage((image) => image.save('svg'))}>Save as SVG</Menu.Item>
        {props.onEdit && <Menu.Item onClick={props.onEdit}>Edit…</Menu.Item>}
        <DuplicateItem id={props.id} />
        <ArrangeItems id={props.id} />
        {props.onRemove && (
          <Menu.Item className="menu-danger" onClick={props.onRemove}>
            Remove
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
});

function DuplicateItem({ id }: { id: string }) {
  const canGrow = useExplore((state) => hasRoom(state.cards));
  return (
    <Menu.Item disabled={!canGrow} onClick={() => duplicateCard(id)}>
      Duplicate
    </Menu.Item>
  );
}
