import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { AppError } from '../../../preload/contract/errors';
import type { ProtectionState } from '../../../preload/contract/protection';
import { call } from '../../bridge';
import { useCall } from '../../state/use-call';
import { counted } from '../../words/counts';
import { ErrorNote } from '../ErrorNote';
import { RecoverySheet } from './RecoverySheet';
import { holdPage } from '../../state/begin-again';
import styles from './protection.module.css';

/** The protected mode: whether it is on, and what can be done about it. */
export default function ProtectionSection() {
  const { value, error, retry } = useCall('protection.state', {}, null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (value === undefined) return null;
  if (sheet !== null) return <RecoverySheet code={sheet.code} onRead={sheet.release} />;
  return (
    <section className={styles.stack} aria-labelledby="protection-title">
      <h2 id="protection-title">{TITLES[value.state]}</h2>
      {value.state === 'off' ? (
        <SwitchOn obstacle={value.obstacle} onSheet={setSheet} />
      ) : (
        <Protected of={value} />
      )}
    </section>
  );
}

const TITLES: Readonly<Record<ProtectionState['state'], string>> = {
  off: 'The data are not protected',
  unlocked: 'The data are protected, and unlocked',
  locked: 'The data are protected, and locked',
};

interface Sheet {
  code: string;
  /** Lets the page begin again. */
  release(): void;
}

function SwitchOn({ obstacle, onSheet }: { obstacle: string | null; onSheet(sheet: Sheet): void }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const { isBusy, error, run } = useAsked();
  if (obstacle !== null) return <p>{obstacle}</p>;
  const differ = again !== '' && again !== passphrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The code is to be read before the page begins again.
    const release = holdPage();
    void run(async () => {
      try {
        const { code } = await call('protection.on', { passphrase });
        onSheet({ code, release });
      } catch (failure) {
        release();
        throw failure;
      }
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        While they are, everything that names a Pokémon is encrypted on the disk. Until the
        passphrase is given, the app and every other program see “Redacted” in its place; all other
        values stay.
      </p>
      <PasswordInput
        className={styles.field ?? ''}
        label="New passphrase"
        description="At least 10 characters. There is no way back in without it or the recovery code."
        value={passphrase}
        onChange={({ currentTarget: { value } }) => setPassphrase(value)}
        autoComplete="new-password"
        required
      />
      <PasswordInput
        className={styles.field ?? ''}
        label="The same again"
        value={again}
        onChange={({ currentTarget: { value } }) => setAgain(value)}
        error={differ ? 'This is another one.' : null}
        autoComplete="new-password"
        required
      />
      <Button type="submit" loading={isBusy} disabled={passphrase === '' || again !== passphrase}>
        Protect the data
      </Button>
      {error !== null && <ErrorNote error={error} />}
    </form>
  );
}

function Protected({ of: { state, lock_after } }: { of: ProtectionState }) {
  const [secret, setSecret] = useState('');
  const { isBusy, error, run } = useAsked();
  const isLocked = state === 'locked';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isLocked) void run(() => call('protection.unlock', { secret }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {isLocked ? (
        <p>
          Names, numbers, species and pictures are redacted on every screen and in every export. The
          other values can be explored as always.
        </p>
      ) : (
        <p>
          On the disk everything that names a Pokémon is encrypted. The app locks by itself after{' '}
          {counted(lock_after ?? 0, 'minute')} without use.
        </p>
      )}
      {!isLocked && (
        <Button
          type="button"
          loading={isBusy}
          onClick={() => void run(() => call('protection.lock', {}))}
        >
          Lock now
        </Button>
      )}
      <PasswordInput
        className={styles.field ?? ''}
        label="Passphrase or recovery code"
        value={secret}
        onChange={({ currentTarget: { value } }) => setSecret(value)}
        autoComplete="current-password"
      />
      <div className={styles.buttons}>
        {isLocked && (
          <Button type="submit" loading={isBusy} disabled={secret === ''}>
            Unlock
          </Button>
        )}
        <Button
          type="button"
          variant="default"
          loading={isBusy}
          disabled={secret === ''}
          onClick={() => void run(() => call('protection.off', { secret }))}
        >
          Switch the protection off
        </Button>
      </div>
      {error !== null && <ErrorNote error={error} />}
    </form>
  );
}

/** One call at a time, and why the last one failed. */
function useAsked() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, run };
}
