import type { Icon } from '@tabler/icons-react';
import IconAdjustmentsHorizontal from '@tabler/icons-react/icons/IconAdjustmentsHorizontal';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowForwardUp from '@tabler/icons-react/icons/IconArrowForwardUp';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import IconChartBar from '@tabler/icons-react/icons/IconChartBar';
import IconChartRadar from '@tabler/icons-react/icons/IconChartRadar';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconDotsVertical from '@tabler/icons-react/icons/IconDotsVertical';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconHistory from '@tabler/icons-react/icons/IconHistory';
import IconBell from '@tabler/icons-react/icons/IconBell';
import IconBaselineDensityMedium from '@tabler/icons-react/icons/IconBaselineDensityMedium';
import IconLasso from '@tabler/icons-react/icons/IconLasso';
import IconLayoutDashboard from '@tabler/icons-react/icons/IconLayoutDashboard';
import IconLayoutSidebarLeftCollapse from '@tabler/icons-react/icons/IconLayoutSidebarLeftCollapse';
import IconLayoutSidebarLeftExpand from '@tabler/icons-react/icons/IconLayoutSidebarLeftExpand';
import IconMarquee2 from '@tabler/icons-react/icons/IconMarquee2';
import IconPentagon from '@tabler/icons-react/icons/IconPentagon';
import IconPentagonFilled from '@tabler/icons-react/icons/IconPentagonFilled';
import IconPin from '@tabler/icons-react/icons/IconPin';
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay';
import IconPlayerStop from '@tabler/icons-react/icons/IconPlayerStop';
import IconPrompt from '@tabler/icons-react/icons/IconPrompt';
import IconRefresh from '@tabler/icons-react/icons/IconRefresh';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconShieldLock from '@tabler/icons-react/icons/IconShieldLock';
import IconX from '@tabler/icons-react/icons/IconX';

/** Pixels of a line; Tabler's own measure is parts of a 24 × 24 grid. */
const LINE = 1.5;
const GRID = 24;

/**
 * An icon whose lines are equally thick at any size. It stands beside a text that says the same or
 * in a button with a label, so it is hidden from assistive technology.
 */
export function icon(Drawing: Icon, usual = 16) {
  return function AppIcon({ size = usual }: { size?: number }) {
    return (
      <Drawing size={size} stroke={(LINE * GRID) / size} aria-hidden="true" focusable="false" />
    );
  };
}

/** Screens, in the rail. */
export const ExploreIcon = icon(IconChartBar, 20);
export const CompareIcon = icon(IconChartRadar, 20);
export const SqlIcon = icon(IconPrompt, 20);
export const ChangesIcon = icon(IconHistory, 20);
export const BellIcon = icon(IconBell, 20);
export const PrivacyIcon = icon(IconShieldLock, 20);
export const SettingsIcon = icon(IconAdjustmentsHorizontal, 20);

export const AlertIcon = icon(IconAlertTriangle);
export const BoxIcon = icon(IconMarquee2);
export const CheckIcon = icon(IconCheck);
export const CloseIcon = icon(IconX);
export const ColumnsIcon = icon(IconColumns3);
export const ComparedIcon = icon(IconPentagonFilled);
export const NotComparedIcon = icon(IconPentagon);
export const CopyIcon = icon(IconCopy);
export const DashboardIcon = icon(IconLayoutDashboard);
export const DownIcon = icon(IconChevronDown);
export const UpIcon = icon(IconChevronUp);
export const DownloadIcon = icon(IconDownload);
export const LassoIcon = icon(IconLasso);
export const MenuIcon = icon(IconDots);
export const MoreIcon = icon(IconDotsVertical);
export const NextIcon = icon(IconChevronRight);
export const PreviousIcon = icon(IconChevronLeft);
export const PinIcon = icon(IconPin);
export const PlayIcon = icon(IconPlayerPlay);
export const StopIcon = icon(IconPlayerStop);
export const RedoIcon = icon(IconArrowForwardUp);
export const UndoIcon = icon(IconArrowBackUp);
export const RefreshIcon = icon(IconRefresh);
export const SearchIcon = icon(IconSearch);
export const SizeIcon = icon(IconBaselineDensityMedium);
export const SortedDown = icon(IconArrowDown);
export const SortedUp = icon(IconArrowUp);

export const FoldSideIcon = icon(IconLayoutSidebarLeftCollapse);
export const UnfoldSideIcon = icon(IconLayoutSidebarLeftExpand);
