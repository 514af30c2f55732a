import { Modal } from '@mantine/core';
import { ProtectedExportForm } from './ProtectedExportForm';
import { closeProtectedExport } from './protected-export-store';

/** The window of exports that name nobody. */
export default function ProtectedExportDialog() {
  return (
    <Modal
      opened
      onClose={closeProtectedExport}
      title="Export without names"
      size={720}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ProtectedExportForm onDone={closeProtectedExport} />
    </Modal>
  );
}
