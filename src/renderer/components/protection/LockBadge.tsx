import { Button } from '@mantine/core';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useApp } from '../../state/app-store';
import { useCall } from '../../state/use-call';

/** Says that names are redacted, and leads to where they are unlocked; nothing while they are not. */
export default function LockBadge() {
  const { value } = useCall('protection.state', {}, null);
  const show = useApp((state) => state.show);
  if (value?.state !== 'locked') return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconLock size={16} aria-hidden />}
      onClick={() => show('privacy')}
    >
      Locked
    </Button>
  );
}
