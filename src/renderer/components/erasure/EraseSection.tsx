import { Button } from '@mantine/core';
import { type RowId } from '../../../preload/contract/descriptor';
import { isErasedId } from '../../../preload/contract/erasure';
import styles from './erasure.module.css';

interface Props {
  id: RowId;
  onErase(): void;
}

/** What somebody who is in the data can ask for. */
export function EraseSection({ id, onErase }: Props) {
  if (isErasedId(id)) {
    return (
      <p className={styles.quiet}>
        This subject was erased. Its measures stay under a pseudonym that leads back to nobody.
      </p>
    );
  }
  return (
    <Button size="xs" variant="default" onClick={onErase}>
      Erase…
    </Button>
  );
}
