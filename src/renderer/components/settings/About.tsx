import { Button } from '@mantine/core';
import { nounNow } from '../../state/noun';
import { countedOf } from '../../words/noun';
import { inElectron } from '../../bridge';
import { useApp } from '../../state/app-store';
import { dateWords } from '../dataset-words';
import { FactList } from '../FactList';
import styles from './settings.module.css';
import { showLog } from './show-log';

function sourceInFull(source: string): string {
  if (source === 'bundled') return 'bundled snapshot';
  return source === 'unknown' ? 'not known' : source;
}

/** What runs here and what it shows. */
export function About() {
  const { appVersion, dataset } = useApp();
  const facts: [string, string][] = [
    ['App', `Pokédex Explorer ${appVersion}`],
    ['Runs in', inElectron() ? 'its own window' : 'the browser, served from this machine'],
    ...(dataset === null
      ? []
      : ([
          [
            'Data',
            `version ${dataset.version}, ${countedOf(nounNow(), dataset.rows, dataset.listed)}`,
          ],
          ['Source', sourceInFull(dataset.source)],
          ['Gathered', dateWords(dataset)],
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
