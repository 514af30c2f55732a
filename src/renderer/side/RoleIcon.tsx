import type { Role } from '../../preload/contract/descriptor';
import {
  CategoryRole,
  FlagRole,
  ImageRole,
  KeyRole,
  MeasureRole,
  MembersRole,
  NestedRole,
  TextRole,
  TimeRole,
  TitleRole,
} from '../components/icons';

const ICONS: Readonly<Record<Role, typeof KeyRole>> = {
  key: KeyRole,
  title: TitleRole,
  image: ImageRole,
  measure: MeasureRole,
  category: CategoryRole,
  time: TimeRole,
  members: MembersRole,
  flag: FlagRole,
  text: TextRole,
  nested: NestedRole,
};

/** How a column is looked at, drawn. */
export function RoleIcon({ role }: { role: Role }) {
  const Icon = ICONS[role];
  return <Icon size={14} />;
}
