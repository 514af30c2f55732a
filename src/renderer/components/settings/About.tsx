import { Button } from '@mantine/core';
import { formatAge, formatDate, formatNumber } from '../../charts/format';
import { useApp } from '../../state/app-store';
import { FactList } from '../FactList';
import styles from './settings.module.css';
import { showLog } from './show-log';

/** What runs here and what it shows. */
export function About() {
  const { appVersion, host, dataset } = useApp();
  const facts: [string, string][] = [
    ['App', `Pokédex Explorer ${appVersion}`],
    ['Runs in', host === 'electron' ? 'its own window' : 'the browser, served from this machine'],
    ...(dataset === null
      ? []
      : ([
          [
            'Data',
            `version ${dataset.version}, ${formatNumber(dataset.rows)} of ${formatNumber(dataset.listed)} Pokémon`,
          ],
          ['Source', dataset.source === 'bundled' ? 'bundled snapshot' : dataset.source],
          [
            'Gathered',
            `${formatDate(dataset.gathered_at)} (${formatAge(dataset.gathered_at, Date.now())})`,
          ],
        ] satisfies [string, string][])),
  ];
  return (
    <section className={styles.group} aria-labelledby="settings-about">
      <h2 id="settings-about">About</h2>
      <FactList className={styles.facts} facts={facts} />
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void showLog()}>
          Show log
        </Button>
      </div>
      <p className={styles.quiet}>
        Data: PokéAPI (pokeapi.co). Pokémon and the names of its characters are trademarks of
        Nintendo; this app is not affiliated.
      </p>
    </section>
  );
}
