import { create } from 'zustand';

/** The section of the Privacy screen that is shown; null for the first one. */
export const usePrivacySection = create<{ section: string | null }>(() => ({ section: null }));

export function showPrivacySection(section: string): void {
  usePrivacySection.setState({ section });
}
