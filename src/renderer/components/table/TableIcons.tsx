import type { ReactNode } from 'react';

/** The table's small line icons: 16 × 16, in the text's colour. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SortedUp = () => (
  <Icon>
    <path d="M8 13V3.5M4.5 7 8 3.5 11.5 7" />
  </Icon>
);
export const SortedDown = () => (
  <Icon>
    <path d="M8 3v9.5M4.5 9 8 12.5 11.5 9" />
  </Icon>
);
export const PinIcon = () => (
  <Icon>
    <path d="M5.5 2.5h5M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v4.5" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path d="M8 3.5h.01M8 8h.01M8 12.5h.01" strokeWidth="2.2" />
  </Icon>
);
export const ColumnsIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <path d="M5.5 5.5h8v8h-8z" />
    <path d="M10.5 5.5v-3h-8v8h3" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);
export const ComparedIcon = () => (
  <Icon>
    <path d="M8 1.8 13.6 6l-2.1 6.8H4.5L2.4 6z" fill="currentColor" />
  </Icon>
);
export const NotComparedIcon = () => (
  <Icon>
    <path d="M8 1.8 13.6 6l-2.1 6.8H4.5L2.4 6z" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="m4 10 4-4 4 4" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="m4 6 4 4 4-4" />
  </Icon>
);
export const PreviousIcon = () => (
  <Icon>
    <path d="m10 3.5-4.5 4.5 4.5 4.5" />
  </Icon>
);
export const NextIcon = () => (
  <Icon>
    <path d="M6 3.5 10.5 8 6 12.5" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m4 4 8 8m0-8-8 8" />
  </Icon>
);
