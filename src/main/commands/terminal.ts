import cliProgress from 'cli-progress';
import type { GatherProgress, ProcessProgress, Progress } from '../../preload/contract/reports';

/** How a command shows what goes on: on standard error, never mixed with its result. */
export interface ProgressDisplay {
  report(progress: Progress): void;
  stop(): void;
}

const SILENT: ProgressDisplay = { report() {}, stop() {} };
const LINE_EVERY_MS = 2_000;

const STEP_NAMES: Record<ProcessProgress['step'], string> = {
  read: 'reading documents',
  commit: 'comparing and committing',
};

/** A bar on a terminal, plain lines elsewhere, nothing with `--json`. */
export function progressDisplay(json: boolean): ProgressDisplay {
  if (json) return SILENT;
  return process.stderr.isTTY ? bar() : lines();
}

function bar(): ProgressDisplay {
  let shown: cliProgress.SingleBar | null = null;
  const started = Date.now();
  const stop = () => {
    shown?.stop();
    shown = null;
  };
  return {
    report(progress) {
      if (progress.phase === 'process') return stop();
      if (progress.total === null) return;
      const payload = { detail: gatherDetail(progress, started) };
      if (shown === null) {
        shown = new cliProgress.SingleBar(
          {
            format: 'Gathering {bar} {value}/{total} {detail}',
            stream: process.stderr,
            hideCursor: true,
            gracefulExit: false,
          },
          cliProgress.Presets.shades_classic,
        );
        shown.start(progress.total, progress.done, payload);
      } else {
        shown.update(progress.done, payload);
      }
    },
    stop,
  };
}

function lines(): ProgressDisplay {
  const started = Date.now();
  let last = 0;
  return {
    report(progress) {
      if (progress.phase === 'process') {
        process.stderr.write(`Processing: ${STEP_NAMES[progress.step]}\n`);
        return;
      }
      if (progress.total === null) return;
      const finished = progress.done === progress.total;
      if (!finished && Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      process.stderr.write(
        `Gathering: ${progress.done}/${progress.total} ${gatherDetail(progress, started)}\n`,
      );
    },
    stop() {},
  };
}

function gatherDetail(progress: GatherProgress, started: number): string {
  const seconds = Math.max(0.001, (Date.now() - started) / 1000);
  const rate = progress.done / seconds;
  const parts = [`${humanBytes(progress.bytes)}`, `${Math.round(rate)}/s`];
  if (progress.retries > 0) parts.push(counted(progress.retries, 'retry', 'retries'));
  if (progress.failed > 0) parts.push(`${progress.failed} failed`);
  const left = (progress.total ?? 0) - progress.done;
  if (progress.paused_until !== null) {
    const wait = Math.max(0, Math.ceil((progress.paused_until - Date.now()) / 1000));
    parts.push(`paused ${wait} s at the source's wish`);
  } else if (left > 0 && rate > 0) {
    parts.push(`${humanDuration((left / rate) * 1000)} left`);
  }
  return parts.join(' · ');
}

export function humanBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function humanDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

export function humanCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 document`, `3 documents`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${humanCount(count)} ${count === 1 ? one : more}`;
}

/** `8 Aug 2026`, in UTC. */
export function humanDate(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
