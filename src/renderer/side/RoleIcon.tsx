import IconAlignLeft from '@tabler/icons-react/icons/IconAlignLeft';
import IconBraces from '@tabler/icons-react/icons/IconBraces';
import IconCalendar from '@tabler/icons-react/icons/IconCalendar';
import IconCategory from '@tabler/icons-react/icons/IconCategory';
import IconHash from '@tabler/icons-react/icons/IconHash';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconList from '@tabler/icons-react/icons/IconList';
import IconPhoto from '@tabler/icons-react/icons/IconPhoto';
import IconToggleLeft from '@tabler/icons-react/icons/IconToggleLeft';
import IconTypography from '@tabler/icons-react/icons/IconTypography';
import type { Role } from '../../preload/contract/descriptor';
import { icon } from '../components/icons';

/** Beside the side bar's code, which comes after the first charts. */
const ICONS: Readonly<Record<Role, ReturnType<typeof icon>>> = {
  key: icon(IconKey),
  title: icon(IconTypography),
  image: icon(IconPhoto),
  measure: icon(IconHash),
  category: icon(IconCategory),
  time: icon(IconCalendar),
  members: icon(IconList),
  flag: icon(IconToggleLeft),
  text: icon(IconAlignLeft),
  nested: icon(IconBraces),
};

/** How a column is looked at, drawn. */
export function RoleIcon({ role }: { role: Role }) {
  const Icon = ICONS[role];
  return <Icon size={14} />;
}
