import type { ReactNode } from 'react';

/** Small line icons, drawn here: 20 × 20, in the text's colour. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Dots = () => (
  <Icon>
    <path d="M5 10h.01M10 10h.01M15 10h.01" strokeWidth="2.4" />
  </Icon>
);
export const ExploreIcon = () => (
  <Icon>
    <path d="M3 17V9m5 8V4m5 13v-6m5 6V7" />
  </Icon>
);
export const CompareIcon = () => (
  <Icon>
    <path d="M10 2.5 17 8l-2.7 8.5H5.7L3 8z" />
    <path d="M10 6.5 13.5 9l-1.3 4H7.8L6.5 9z" />
  </Icon>
);
export const SqlIcon = () => (
  <Icon>
    <path d="m3 6 4 4-4 4M10 15h7" />
  </Icon>
);
export const ChangesIcon = () => (
  <Icon>
    <path d="M10 5v5l3.5 2" />
    <path d="M3.2 11a7 7 0 1 0 1.2-5L3 7.5M3 3.5v4h4" />
  </Icon>
);
export const SettingsIcon = () => (
  <Icon>
    <path d="M3 6h8m4 0h2M3 14h2m4 0h8" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </Icon>
);
export const UndoIcon = () => (
  <Icon>
    <path d="M7 5 3 9l4 4M3 9h9a4 4 0 0 1 0 8h-2" />
  </Icon>
);
export const RedoIcon = () => (
  <Icon>
    <path d="m13 5 4 4-4 4m4-4H8a4 4 0 0 0 0 8h2" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 4 4" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 8 8m0-8-8 8" />
  </Icon>
);
export const BoxIcon = () => (
  <Icon>
    <rect x="4" y="5" width="12" height="10" strokeDasharray="2.5 2" />
  </Icon>
);
export const LassoIcon = () => (
  <Icon>
    <path d="M10 4c4 0 7 1.8 7 4.5S14 13 10 13s-7-1.8-7-4.5S6 4 10 4z" strokeDasharray="2.5 2" />
    <path d="M6 12.5c-1 1.5-.5 3 1 3.5" />
  </Icon>
);
