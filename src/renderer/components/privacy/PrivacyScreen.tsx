import { Tabs } from '@mantine/core';
import { ErrorBoundary } from '../ErrorBoundary';
import { SECTIONS } from './sections';
import { showPrivacySection, usePrivacySection } from './section-store';
import styles from './privacy.module.css';

/** Who could be recognised in the data, what leaves without names, and what is erased and locked. */
export default function PrivacyScreen() {
  const asked = usePrivacySection((state) => state.section);
  const shown = SECTIONS.find(({ id }) => id === asked) ?? SECTIONS[0];
  return (
    <section className={styles.screen} aria-labelledby="privacy-title">
      <header className={styles.head}>
        <h1 id="privacy-title">Privacy</h1>
        <p className={styles.quiet}>
          Who could be recognised in the data, and what you can do about it.
        </p>
      </header>
      <Tabs
        className={styles.tabs ?? ''}
        value={shown?.id ?? null}
        onChange={(section) => section !== null && showPrivacySection(section)}
        keepMounted={false}
      >
        <Tabs.List aria-label="Privacy">
          {SECTIONS.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SECTIONS.map(({ id, Part }) => (
          <Tabs.Panel key={id} value={id} className={styles.panel ?? ''}>
            <ErrorBoundary message="This part could not be shown.">
              <Part />
            </ErrorBoundary>
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}
