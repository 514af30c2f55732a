/** The usual colours of the Pokémon types, and text on them that reads (WCAG 2.2, 1.4.3). */
const TYPE_COLORS: Record<string, string> = {
  normal: '#a8a77a',
  fire: '#ee8130',
  water: '#6390f0',
  electric: '#f7d02c',
  grass: '#7ac74c',
  ice: '#96d9d6',
  fighting: '#c22e28',
  poison: '#a33ea1',
  ground: '#e2bf65',
  flying: '#a98ff3',
  psychic: '#f95587',
  bug: '#a6b91a',
  rock: '#b6a136',
  ghost: '#735797',
  dragon: '#6f35fc',
  dark: '#705746',
  steel: '#b7b7ce',
  fairy: '#d685ad',
};

const UNKNOWN = '#8a8f98';

/** A type's colour; lifted a step on a dark ground where it would drown. */
export function typeColor(type: string | null | undefined, dark = false): string {
  const color = TYPE_COLORS[type ?? ''] ?? UNKNOWN;
  return dark && contrast(color, '#1a1b1e') < 4 ? mix(color, '#ffffff', 0.3) : color;
}

/** Black or white, whichever reads better on a type's colour. */
export function textOnType(type: string | null | undefined, dark = false): string {
  const color = typeColor(type, dark);
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

export function mix(color: string, other: string, share: number): string {
  const to = channels(other);
  return `#${channels(color)
    .map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * share))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}
