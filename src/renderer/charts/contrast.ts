/** A colour that reads on a light or dark ground: lifted a step where it would drown in the dark. */
export function readable(color: string, dark: boolean): string {
  return dark && contrast(color, '#1a1b1e') < 4 ? mix(color, '#ffffff', 0.3) : color;
}

/** Black or white, whichever reads better on a colour (WCAG 2.2, 1.4.3). */
export function textOn(color: string): string {
  return contrast(color, '#000000') >= contrast(color, '#ffffff') ? '#000000' : '#ffffff';
}

/** Contrast ratio of two colours, 1–21. Source: WCAG 2.2, “relative luminance”. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function channels(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance(color: string): number {
  const [r, g, b] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(color: string, other: string, share: number): string {
  const to = channels(other);
  return `#${channels(color)
    .map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * share))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}
