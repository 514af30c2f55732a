/* global window, document, performance, setTimeout, addEventListener, requestAnimationFrame, MessageChannel,
   PerformanceObserver, CanvasRenderingContext2D */

/**
 * Put into a page before its own scripts: notes, inside the page, when each pointer event came,
 * which selection it led to, and when the frame that shows that selection's answers was over. The
 * app's own marks say which is which (renderer/state/answers); that nothing was painted after the
 * last of them is seen from outside, by canvas.
 */
const probe = {
  selected: [],
  painted: [],
  tasks: [],
  lastCanvasPaint: 0,
  charts: {},
};
window.paintProbe = probe;

let eventAt = null;
// A drag listens to the pointer itself as well, ahead of the frame's own event.
for (const name of ['pointerrawupdate', 'pointermove']) {
  addEventListener(name, ({ timeStamp }) => (eventAt = timeStamp), true);
  addEventListener(name, () => (eventAt = null));
}

const mark = performance.mark.bind(performance);
performance.mark = (name, options) => {
  const turn = Number(options?.detail);
  if (name === 'explore:selected' && eventAt !== null) probe.selected.push({ turn, at: eventAt });
  if (name === 'explore:shown' && turn > 0) afterFrame(turn);
  return mark(name, options);
};
// main.tsx's last word in a page that has nothing to render into.
const byId = document.getElementById.bind(document);
document.getElementById = (id) => {
  const found = byId(id);
  if (id === 'root' && found === null && probe.painted.length === 0) afterFrame(1);
  return found;
};

const channel = new MessageChannel();
const ending = [];
channel.port1.onmessage = () => {
  const turn = ending.shift();
  probe.painted.push({ turn, at: performance.now() });
};
/** A task posted by a frame's callback runs once that frame is painted. */
function afterFrame(turn) {
  requestAnimationFrame(() => {
    ending.push(turn);
    channel.port2.postMessage(null);
  });
}
/** A canvas's part of the screen; what its scrolling parent or the table hides is not in sight. */
function isInSight(canvas) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].map((share) => [left + width / 2, top + height * share]);
  return points.some(([x, y]) => {
    const card = document.elementFromPoint(x, y)?.closest('.card');
    return card !== undefined && card !== null && card.contains(canvas);
  });
}
const cardCanvases = () => [...document.querySelectorAll('.card .echart canvas')];
window.chartsInSight = () =>
  new Set(
    cardCanvases()
      .filter(isInSight)
      .map((canvas) => canvas.closest('.card')),
  ).size;

const { clearRect, fill } = CanvasRenderingContext2D.prototype;
let drawn = null;
/** Where charts were drawn in this frame is looked up once, at its end. */
function noteDrawn(canvas) {
  const at = performance.now();
  if (drawn === null) {
    drawn = new Map();
    requestAnimationFrame(() => {
      const inSight = [...drawn.keys()].filter(isInSight);
      for (const each of inSight) {
        probe.lastCanvasPaint = Math.max(probe.lastCanvasPaint, drawn.get(each));
      }
      drawn = null;
      const names = inSight.flatMap(
        (each) => each.closest('.card')?.getAttribute('aria-label') ?? [],
      );
      const fresh = names.filter((name) => probe.charts[name] === undefined);
      for (const name of fresh) probe.charts[name] = 0;
      setTimeout(() => {
        for (const name of fresh) probe.charts[name] = performance.now();
      });
    });
  }
  drawn.set(canvas, at);
}
CanvasRenderingContext2D.prototype.clearRect = function (...area) {
  noteDrawn(this.canvas);
  clearRect.apply(this, area);
};
CanvasRenderingContext2D.prototype.fill = function (...how) {
  noteDrawn(this.canvas);
  fill.apply(this, how);
};
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    probe.tasks.push({ at: startTime, ms: duration });
  }
}).observe({ type: 'longtask', buffered: true });
