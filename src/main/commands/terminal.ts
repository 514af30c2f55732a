import cliProgress from 'cli-progress';
import { counted, humanCount, withSeparators } from '../../preload/contract/counts';
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
  const line = spacedLines();
  const stop = () => {
    shown?.stop();
    shown = null;
  };
  return {
    report(progress) {
      if (progress.phase === 'process') return stop();
      if (progress.total === null) return line(progress, listLine(progress));
      const payload = { detail: gatherDetail(progress, progress.total, started) };
      if (shown === null) {
        shown = new cliProgress.SingleBar(
          {
            format: 'Gathering {bar} {value}/{total} · {detail}',
            formatValue: (value) => humanCount(value),
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
  const line = spacedLines();
  return {
    report(progress) {
      if (progress.phase === 'process') {
        process.stderr.write(`Processing: ${STEP_NAMES[progress.step]}\n`);
        return;
      }
      if (progress.total === null) return line(progress, listLine(progress));
      const { done, total } = progress;
      line(
        progress,
        `Gathering: ${humanCount(done)}/${humanCount(total)} · ${gatherDetail(progress, total, started)}`,
      );
    },
    stop() {},
  };
}

/** Writes a line from time to time, and at once where there is something new to say. */
function spacedLines(): (progress: GatherProgress, line: string | null) => void {
  let last = -Infinity;
  let said = '';
  return (progress, line) => {
    // The end and a pause are said at once, each once.
    const event = `${progress.done === progress.total} ${progress.paused_until !== null}`;
    if (line === null || (event === said && performance.now() - last < LINE_EVERY_MS)) return;
    if (event === said && progress.done === progress.total) return;
    last = performance.now();
    said = event;
    process.stderr.write(`${line}\n`);
  };
}

/** Null while there is nothing to say about a list that is being read. */
function listLine(progress: GatherProgress): string | null {
  const waits = waitParts(progress);
  return waits.length === 0 ? null : `Reading the list: ${waits.join(' · ')}`;
}

function gatherDetail(progress: GatherProgress, total: number, started: number): string {
  const seconds = Math.max(0.001, (Date.now() - started) / 1000);
  const rate = progress.done / seconds;
  const parts = [
    humanBytes(progress.bytes),
    `${humanCount(Math.round(rate))}/s`,
    ...waitParts(progress),
  ];
  const left = total - progress.done;
  if (progress.paused_until === null && left > 0 && rate > 0) {
    parts.push(`${humanDuration((left / rate) * 1000)} left`);
  }
  return parts.join(' · ');
}

function waitParts({ retries, failed, paused_until }: GatherProgress): string[] {
  return [
    ...(retries > 0 ? [counted(retries, 'retry', 'retries')] : []),
    ...(failed > 0 ? [`${humanCount(failed)} failed`] : []),
    ...(paused_until === null ? [] : [`paused until ${clock(paused_until)}, as the source asks`]),
  ];
}

/** `14:03:22`, in the person's time zone. */
function clock(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB');
}

export function humanBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${withSeparators((bytes / 1_000_000).toFixed(1))} MB`;
}

export function humanDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
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
